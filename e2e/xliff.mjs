// Reads an XLIFF file as a program elsewhere would, with a library that knows nothing of
// Portico, and writes it anew. It ends with 1 and a line for each fault.
//
//   node xliff.mjs FILE EXPECTED AGAIN
//
// EXPECTED is JSON with the translation of each unit; AGAIN is where the new file goes.
import {readFileSync, writeFileSync} from "node:fs";
import {xliff2js, js2xliff} from "xliff";

const [file, expectedFile, again] = process.argv.slice(2);
const read = await xliff2js(readFileSync(file, "utf8"));
const faults = [];
const units = Object.assign({}, ...Object.values(read.resources));
for (const [id, target] of Object.entries(JSON.parse(readFileSync(expectedFile, "utf8")))) {
	if (units[id]?.target !== target) faults.push(`${id}: ${JSON.stringify(units[id]?.target)} instead of ${JSON.stringify(target)}`);
}
if (faults.length) {
	console.error(faults.join("\n"));
	process.exit(1);
}
writeFileSync(again, await js2xliff(read));

// Holds the plural rules of PO files to those that every browser has. It ends with 1 and a
// line for each fault.
//
//   node plurals.mjs RULES
//
// RULES is JSON: for each language the forms in their order, and the header of a PO file.
import {readFileSync} from "node:fs";

const rules = JSON.parse(readFileSync(process.argv[2], "utf8"));
const numbers = [...Array(1200).keys(), 10000, 999999, 1000000, 1000001, 2000000, 5000000];
const faults = [];
for (const [lang, {forms, header}] of Object.entries(rules)) {
	const [, count, formula] = /^nplurals=(\d+); plural=(.*);$/.exec(header);
	if (Number(count) !== forms.length) faults.push(`${lang}: nplurals is ${count} for ${forms}`);
	const choose = new Function("n", `return Number(${formula})`);
	if (Intl.PluralRules.supportedLocalesOf(lang).length === 0) continue;
	const intl = new Intl.PluralRules(lang);
	const wrong = numbers.filter(n => forms[choose(n)] !== intl.select(n));
	if (wrong.length) faults.push(`${lang}: ${wrong.slice(0, 5).map(n => `${n} is ${intl.select(n)}, not ${forms[choose(n)]}`).join("; ")}`);
}
if (faults.length) {
	console.error(faults.join("\n"));
	process.exit(1);
}

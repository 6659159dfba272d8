// Reads a signed statement as a program elsewhere would: with libraries that know nothing
// of Portico, the published keys, and no network. It ends with 1 and a line for each fault.
//
//   node credential.mjs FOLDER CONTEXT
//
// FOLDER holds statement.jwt, statement.json, keys.json, key.json and revoked.json as the
// portal sent them, and expected.json with what they must say. CONTEXT is the context of Open
// Badges 3.0.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import * as jose from "jose";
import jsonld from "jsonld";
import {contexts} from "@digitalcredentials/credentials-v2-context";

const [folder, contextFile] = process.argv.slice(2);
const text = name => readFileSync(join(folder, name), "utf8");
const json = name => JSON.parse(text(name));
const faults = [];
const want = (ok, fault) => ok || faults.push(fault);
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = v => Array.isArray(v) ? v.map(sorted)
	: v && typeof v === "object" ? Object.fromEntries(Object.keys(v).sort().map(k => [k, sorted(v[k])])) : v;

const token = text("statement.jwt"), set = json("keys.json"), expected = json("expected.json");
const keys = jose.createLocalJWKSet(set);
const header = jose.decodeProtectedHeader(token);

// The signature, with the set and with the one key to which the header's kid leads.
const {payload} = await jose.compactVerify(token, keys, {algorithms: ["EdDSA"]});
await jose.compactVerify(token, await jose.importJWK(json("key.json"), "EdDSA"));
want(same(Object.keys(header).sort(), ["alg", "kid", "typ"]) && header.typ === "JWT", `the header is ${JSON.stringify(header)}`);
want(header.kid === json("key.json").kid && set.keys.some(k => k.kid === header.kid), "the header's key is not published");
want(set.keys.every(k => k.d === undefined), "the set holds a private key");

// No byte may be another one. Every letter is exchanged for the one whose highest bit
// differs, because decoders pass over the spare bits of a last letter.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
for (let i = 0; i < token.length; i++) {
	const at = letters.indexOf(token[i]);
	const changed = token.slice(0, i) + (at < 0 ? "A" : letters[at ^ 32]) + token.slice(i + 1);
	const checks = await jose.compactVerify(changed, keys, {algorithms: ["EdDSA"]}).then(() => true, () => false);
	want(!checks, `with another byte at place ${i} the token still checks`);
}

// The claims are those of the credential, and time is believed.
const credential = JSON.parse(new TextDecoder().decode(payload));
const {iss, jti, sub, nbf, exp} = credential;
for (const claim of ["iss", "jti", "sub", "nbf", "exp"]) delete credential[claim];
const subject = credential.credentialSubject, achievement = subject.achievement;
want(iss === credential.issuer.id && jti === credential.id && sub === subject.id, "a claim differs from its member");
want(nbf * 1000 === Date.parse(credential.validFrom), "nbf is not validFrom");
want(exp * 1000 === Date.parse(credential.validUntil), "exp is not validUntil");
const at = seconds => jose.jwtVerify(token, keys, {currentDate: new Date(seconds * 1000)}).then(() => "good", e => e.code);
want(await at(exp - 60) === "good", "before its end it does not check");
want(await at(exp + 1) === "ERR_JWT_EXPIRED", "after its end it still checks");
want(await at(nbf - 1) === "ERR_JWT_CLAIM_VALIDATION_FAILED", "before its beginning it checks");
want(same(credential, json("statement.json")), "the file to read says something else");

// What Open Badges 3.0 and Verifiable Credentials 2.0 require.
const required = {
	"@context": credential["@context"]?.[0] === "https://www.w3.org/ns/credentials/v2" &&
		credential["@context"]?.[1] === "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
	id: isURI(credential.id),
	type: same(credential.type, ["VerifiableCredential", "OpenBadgeCredential"]),
	name: credential.name === expected.title,
	issuer: isURI(credential.issuer.id) && credential.issuer.type.includes("Profile") && !!credential.issuer.name && isURI(credential.issuer.url),
	"issuer is the portal": credential.issuer.id === expected.origin,
	validFrom: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(credential.validFrom),
	credentialSubject: subject.type.includes("AchievementSubject") && isURI(subject.id),
	identifier: subject.identifier.length === 1 && subject.identifier[0].type === "IdentityObject" && subject.identifier[0].hashed === false &&
		subject.identifier[0].identityType === "name" && subject.identifier[0].identityHash === expected.name,
	achievement: isURI(achievement.id) && achievement.type.includes("Achievement") && achievement.name === expected.title && !!achievement.description,
	criteria: !!achievement.criteria.narrative,
	"achievementType, version, inLanguage": achievement.achievementType === "Course" && !!achievement.version && achievement.inLanguage === expected.lang,
	credentialStatus: credential.credentialStatus.type === "1EdTechRevocationList" && credential.credentialStatus.id === json("revoked.json").id,
};
for (const [member, holds] of Object.entries(required)) want(holds, `${member} is not as required`);
function isURI(value) { return typeof value === "string" && URL.canParse(value); }

// Nothing is dropped when it is expanded: safe mode fails at any word that no context knows.
// An address that is not at hand is an error, so that nothing is asked of the network.
const known = new Map([...contexts, ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", JSON.parse(readFileSync(contextFile, "utf8"))]]);
const documentLoader = async url => {
	if (!known.has(url)) throw new Error(`${url} is not at hand`);
	return {documentUrl: url, document: known.get(url)};
};
const [expanded] = await jsonld.expand(credential, {documentLoader, safe: true});
const leaves = value => value && typeof value === "object" ? Object.values(value).reduce((n, v) => n + leaves(v), 0) : 1;
const {"@context": _, ...said} = credential;
const kept = JSON.stringify(expanded);
want(leaves(said) <= leaves(expanded), "something was dropped on the way");
for (const iri of ["https://www.w3.org/2018/credentials#VerifiableCredential", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
	"https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
	"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject",
	"https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative", "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#1EdTechRevocationList"])
	want(kept.includes(iri), `expanded, it lacks ${iri}`);
// That the loss would be seen: a word of nobody's vocabulary has to fail.
const odd = await jsonld.expand({...credential, oddWord: "x"}, {documentLoader, safe: true}).then(() => true, () => false);
want(!odd, "safe mode lets an unknown word pass: this test shows nothing");

// The list of what was taken back.
const list = json("revoked.json");
for (const under of ["revokedCredential", "revokedCredentials"])
	want(list[under].some(e => e.id === credential.id && e.revoked === true) === expected.revoked, `${under} is wrong about this credential`);
want(list.issuer === credential.issuer.id, "the list is another issuer's");

if (faults.length) {
	console.error(faults.slice(0, 20).join("\n"));
	process.exit(1);
}
console.log(`ok: ${token.length} bytes, each one checked`);

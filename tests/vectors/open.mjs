// Format 1 once more, from its specification alone and with nothing but WebCrypto: for Node and for browsers.
// `verify` works all of encryption.json out anew and gives the places where it comes to something else.

const { subtle } = globalThis.crypto;
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));
const u32 = (number) => new Uint8Array([24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
const lines = (...fields) => utf8(fields.join("\n"));

export class Refused extends Error {}
const refuse = (reason) => {
  throw new Refused(reason);
};

function unbase64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt());
  } catch {
    refuse("damaged");
  }
  return base64(bytes) === text ? bytes : refuse("damaged");
}

const typed = (password) => utf8(password.trim().normalize("NFC"));
const stretched = new Map();

async function pbkdf2(bytes, salt) {
  const name = hex(bytes) + " " + hex(salt);
  if (!stretched.has(name)) {
    const known = await subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
    stretched.set(name, await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-512", salt, iterations: 600_000 }, known, 256));
  }
  return stretched.get(name);
}

async function hkdf(ikm, salt, info) {
  const known = await subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  return subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, known, 256);
}

const subkey = (secret, purpose) => hkdf(secret, new Uint8Array(), utf8(`sitegen ${purpose} 1`));
const contentKey = (secret, siv) => hkdf(secret, siv, utf8("sitegen content 1"));

async function hmac(key, data) {
  return subtle.sign("HMAC", await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]), data);
}

const SECRET = { name: "HMAC", hash: "SHA-256" };

async function wrap(key, secret) {
  const [outer, inner] = [await subtle.importKey("raw", key, "AES-KW", false, ["wrapKey"]), await subtle.importKey("raw", secret, SECRET, true, ["sign"])];
  return subtle.wrapKey("raw", inner, outer, "AES-KW");
}

async function unwrap(key, slot) {
  const outer = await subtle.importKey("raw", key, "AES-KW", false, ["unwrapKey"]);
  try {
    return await subtle.exportKey("raw", await subtle.unwrapKey("raw", slot, outer, "AES-KW", SECRET, true, ["sign"]));
  } catch {
    return null;
  }
}

const gcm = (aad) => ({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: aad });

async function seal(secret, aad, text) {
  const siv = await hmac(await subkey(secret, "mac"), joined(u32(aad.length), aad, text));
  const key = await contentKey(secret, siv);
  const known = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return { siv, key, ct: await subtle.encrypt(gcm(aad), known, text) };
}

async function unseal(secret, aad, siv, ct) {
  const known = await subtle.importKey("raw", await contentKey(secret, siv), "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await subtle.decrypt(gcm(aad), known, ct).catch(() => refuse("damaged")));
}

async function inflated(text) {
  const length = new DataView(text.buffer, text.byteOffset).getUint32(0);
  const deflated = new Blob([text.subarray(4, 4 + length)]).stream();
  return new Response(deflated.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

const pageAad = ({ site, group, page, kdf, slots }) =>
  lines("sitegen page 1", site, group, page, kdf.name, kdf.hash, kdf.iterations, kdf.salt, ...slots);

// What a browser does with a locked page: the content, or Refused("damaged" | "wrong-password").
export async function openPage(document, password, address) {
  const { v, kdf, page } = document;
  const isKnown = v === 1 && kdf?.name === "PBKDF2" && kdf.hash === "SHA-512" && kdf.iterations >= 600_000 && page === address;
  if (!isKnown || !document.slots.length) refuse("damaged");
  const [salt, siv, ct] = [kdf.salt, document.siv, document.ct].map(unbase64);
  const reader = await pbkdf2(typed(password), salt);
  for (const slot of document.slots.map(unbase64)) {
    const secret = await unwrap(reader, slot);
    if (secret) return inflated(await unseal(secret, pageAad(document), siv, ct));
  }
  return refuse("wrong-password");
}

const found = [];
const same = (place, got, wanted) => {
  if (got !== wanted) found.push(`${place}: ${got} is not ${wanted}`);
};

async function verifyKeys(place, { site, group, readers, joint, ...wanted }) {
  const salt = (await subtle.digest("SHA-256", lines("sitegen salt 1", site, group))).slice(0, 16);
  same(`${place} salt`, hex(salt), wanted.salt);
  const keys = await Promise.all(readers.map(({ password }) => pbkdf2(typed(password), salt)));
  keys.forEach((key, at) => same(`${place} reader ${at}`, hex(key), readers[at].kek));
  for (const { password, written } of readers) for (const other of written) same(`${place} written`, hex(typed(other)), hex(typed(password)));
  const secret = await hkdf(joined(...keys.map(hex).sort().map(unhex)), salt, lines("sitegen group 1", site, group));
  same(`${place} secret`, hex(secret), wanted.secret);
  const slots = await Promise.all(keys.map(async (key) => hex(await wrap(key, secret))));
  same(`${place} slots`, slots.sort().join(), wanted.slots.join());
  for (const [purpose, key] of Object.entries(wanted.subkeys)) same(`${place} ${purpose}`, hex(await subkey(secret, purpose)), key);
  await verifyJoint(`${place} joint`, site, group, readers, joint);
  return secret;
}

async function verifyJoint(place, site, group, readers, wanted) {
  const salt = (await subtle.digest("SHA-256", lines("sitegen joint 1", site, group))).slice(0, 16);
  const texts = [...new Set(readers.map(({ password }) => hex(typed(password))))].sort().map(unhex);
  same(`${place} salt`, hex(salt), wanted.salt);
  same(`${place} key`, hex(await pbkdf2(joined(...texts.flatMap((text) => [u32(text.length), text])), salt)), wanted.key);
}

async function verifySealed(place, secret, aad, wanted) {
  const text = unhex(wanted.pt);
  const { siv, key, ct } = await seal(secret, aad, text);
  same(`${place} aad`, hex(aad), wanted.aad);
  same(`${place} siv`, hex(siv), wanted.siv);
  same(`${place} key`, hex(key), wanted.dek);
  same(`${place} ct`, hex(ct), wanted.ct);
  same(`${place} opened`, hex(await unseal(secret, aad, siv, ct)), wanted.pt);
  same(`${place} content`, hex(await inflated(text)), wanted.content);
}

async function verifyGroup(group) {
  const place = `${group.site} ${group.group}`;
  const secret = await verifyKeys(place, group);
  for (const page of group.pages) {
    const at = `${place} ${page.address}`;
    await verifySealed(at, secret, pageAad(page.document), page);
    same(`${at} siv`, page.document.siv, base64(unhex(page.siv)));
    same(`${at} ct`, page.document.ct, base64(unhex(page.ct)));
    same(`${at} slots`, page.document.slots.join(), group.slots.map((slot) => base64(unhex(slot))).join());
    same(`${at} salt`, page.document.kdf.salt, base64(unhex(group.salt)));
    for (const { password, written } of group.readers)
      for (const each of [password, ...written]) same(`${at} ${each}`, hex(await openPage(page.document, each, page.address)), page.content);
  }
  for (const file of group.files) {
    const aad = lines("sitegen file 1", group.site, group.group, file.address);
    await verifySealed(`${place} ${file.address}`, secret, aad, file);
    same(`${place} ${file.address} data`, file.data, base64(joined(unhex(file.siv), unhex(file.ct))));
  }
  const names = await subkey(secret, "names");
  for (const [path, name] of Object.entries(group.names)) same(`${place} ${path}`, hex(await hmac(names, utf8(path))).slice(0, 32), name);
}

async function refusal({ document, password, address }) {
  try {
    await openPage(document, password, address);
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
  return "opened";
}

// The differences between what stands in `vectors` and what comes out here; and the number of things that were looked at.
export async function verify(vectors) {
  for (const group of vectors.groups) await verifyGroup(group);
  for (const each of vectors.refused) same(`refused: ${each.why}`, await refusal(each), each.as);
  return { found: found.splice(0), groups: vectors.groups.length, refused: vectors.refused.length };
}


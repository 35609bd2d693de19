// Opens sealed pages where they are read. The key that a password makes stays in this page, unless its reader has it remembered.
{
  const own = document.currentScript;
  const words = own.dataset;
  const find = (selector, within = document) => within.querySelector(selector);
  const [form, alert, status] = [".unlock form", ".unlock [role=alert]", "#site\\:status"].map((each) => find(each));
  const [field, reveal, remember, submit, forget] = ["#site\\:password", ".reveal", "[type=checkbox]", "[type=submit]", ".forget"].map((each) => find(each, form));
  const { subtle } = crypto;

  let sealed;
  let key;
  let tools;

  const utf8 = (text) => new TextEncoder().encode(text);
  // Of what can be written in several ways, one counts.
  const bytes = (text) => {
    const raw = atob(text);
    if (btoa(raw) !== text) throw new Error("no plain base64");
    return Uint8Array.from(raw, (letter) => letter.charCodeAt());
  };
  const lines = (...fields) => fields.join("\n");

  // Hosts have several addresses for one page.
  const plain = (path) => decodeURIComponent(path).replace(/(\/index)?(\.html)?\/?$/, "");

  // What a page carries, if it is of this format and stands where it was made for.
  const read = async (page, path) => {
    const found = JSON.parse(find("#site\\:sealed", page).textContent);
    const { v, site, group, kdf } = found;
    const salt = await subtle.digest("SHA-256", utf8(lines("sitegen salt 1", site, group)));
    found.wrapped = found.slots.map(bytes);
    const isWhole = found.wrapped.length && found.wrapped.every((slot) => slot.length === 40);
    const isKnown = v === 1 && kdf.name === "PBKDF2" && kdf.hash === "SHA-512" && kdf.iterations >= 600_000;
    const isHere = plain(found.page) === plain(path) && `${bytes(kdf.salt)}` === `${new Uint8Array(salt, 0, 16)}`;
    if (!isWhole || !isKnown || !isHere) throw new Error("of another kind or place");
    return found;
  };

  const keyOf = async (password) => {
    const { kdf, wrapped } = sealed;
    const known = await subtle.importKey("raw", utf8(password.trim().normalize()), "PBKDF2", false, ["deriveKey"]);
    const own = await subtle.deriveKey({ ...kdf, salt: bytes(kdf.salt) }, known, { name: "AES-KW", length: 256 }, false, ["unwrapKey"]);
    for (const slot of wrapped) {
      try {
        return await subtle.unwrapKey("raw", slot, own, "AES-KW", "HKDF", false, ["deriveKey"]);
      } catch {}
    }
  };

  const unseal = async (salt, data, ...fields) => {
    const derivation = { name: "HKDF", hash: "SHA-256", salt, info: utf8("sitegen content 1") };
    const single = await subtle.deriveKey(derivation, key, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const named = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: utf8(lines(...fields)) };
    const padded = await subtle.decrypt(named, single, data);
    const packed = new Blob([new Uint8Array(padded, 4, new DataView(padded).getUint32())]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw")));
  };

  const contentOf = async ({ site, group, page, kdf, slots, siv, ct }) => {
    const { name, hash, iterations, salt } = kdf;
    return (await unseal(bytes(siv), bytes(ct), "sitegen page 1", site, group, page, name, hash, iterations, salt, ...slots)).json();
  };

  // Kept is a key that the browser hands out to nobody. Where it refuses to keep it, nothing is kept, and that is all.
  const asked = (request) =>
    new Promise((ready, failed) => {
      request.onsuccess = () => ready(request.result);
      request.onerror = failed;
    });
  const keep = async (act) => {
    try {
      const { site, group, kdf, slots } = sealed;
      const opening = indexedDB.open("sitegen");
      opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
      const keys = (await asked(opening)).transaction("keys", "readwrite").objectStore("keys");
      return await asked(act(keys, IDBKeyRange.bound([site, group], [site, group, []]), [site, group, kdf.salt + slots]));
    } catch {}
  };
  const showForget = async () => (forget.hidden = !(await keep((keys, group) => keys.count(group))));

  const load = () =>
    (tools ??= Promise.all([
      import(words.opener),
      new Promise((ready) => {
        const sheet = find(".unlock template").content.firstElementChild.cloneNode();
        sheet.onload = sheet.onerror = ready;
        document.head.append(sheet);
      }),
    ]));

  const open = async () => {
    const [content, [{ start }]] = await Promise.all([contentOf(sealed), load()]);
    start({ sealed, content, own, forget, plain, read, unseal, contentOf });
    status.textContent = words.opened;
  };

  // What is wrong with a password or with what it opens, if anything is.
  const attempt = async () => {
    try {
      load().catch(() => (tools = undefined));
      key = await keyOf(field.value);
      if (!key) return words.wrong;
      if (remember.checked) await keep((keys, group, name) => (keys.delete(group), keys.put(key, name)));
      await showForget();
      await open();
    } catch {
      return words.damaged;
    }
  };

  const press = async (event) => {
    event.preventDefault();
    if (form.ariaBusy) return;
    const label = submit.textContent;
    form.ariaBusy = "true";
    field.type = "password";
    reveal.ariaPressed = "false";
    field.ariaInvalid = alert.textContent = null;
    submit.textContent = status.textContent = words.opening;
    const fault = await attempt();
    form.ariaBusy = null;
    submit.textContent = label;
    if (!fault) return;
    status.textContent = "";
    alert.textContent = fault;
    if (!key) field.ariaInvalid = "true";
    field.select();
    field.focus();
  };

  const start = async () => {
    if (!isSecureContext) return words.insecure;
    try {
      new DecompressionStream("deflate-raw");
    } catch {
      return words.old;
    }
    try {
      sealed = await read(document, location.pathname);
      key = await keep((keys, group, name) => keys.get(name));
      await showForget();
      if (key) return await open();
    } catch {
      if (!key) return words.damaged;
      alert.textContent = words.damaged;
    }
    form.hidden = false;
  };

  form.addEventListener("submit", press);
  reveal.addEventListener("click", () => {
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    reveal.ariaPressed = !isShown;
  });
  forget.addEventListener("click", async () => {
    await keep((keys, group) => keys.delete(group));
    await showForget();
    status.textContent = words.forgotten;
    (form.isConnected ? field : find("main")).focus();
  });
  start().then((fault) => (alert.textContent ||= fault ?? ""));
}

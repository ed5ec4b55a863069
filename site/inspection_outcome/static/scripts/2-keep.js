// Keep every page of this language on this phone, if a reader asks, and take all of it away again.
for (const box of document.querySelectorAll(".keep")) {
  const remove = document.querySelector(".remove"), { file } = box.dataset, yes = box.querySelector("button");

  const start = () => navigator.serviceWorker.register("/sw.js");
  const leave = async () => {
    for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  };

  // Opening a store makes it: one that another tab deleted meanwhile would stay, and be empty.
  const tidy = async () => {
    const kept = await caches.has("kept") && await caches.open("kept");
    if (kept && !(await kept.keys()).length) await caches.delete("kept");
  };

  // A browser or another tab may throw away the pages or the worker: then the two are made to agree.
  const show = async () => {
    await tidy();
    box.hidden = Boolean(await caches.match(file));
    remove.hidden = !await caches.has("kept");
    await (remove.hidden ? leave() : start());
  };

  // Only what can be unpacked may take the place of what is kept.
  const get = async (url, headers) => {
    const answer = await fetch(url, { cache: "no-store", headers });
    if (answer.status === 304) return null;
    if (!answer.ok) throw new Error(answer.status);
    await new Response(answer.clone().body.pipeThrough(new DecompressionStream("gzip"))).json();
    return answer;
  };

  const keep = async () => {
    yes.disabled = true;
    tell("working");
    try {
      const answer = await get(file);
      await start();
      await (await caches.open("kept")).put(file, answer);
      if (!await caches.match(file)) throw new Error("another tab took it away");
      await show();
      tell("kept");
      remove.focus();
    } catch (error) {
      tell(error.name === "QuotaExceededError" ? "full" : "failed");
      await show();
    } finally {
      yes.disabled = false;
    }
  };

  const drop = async () => {
    await caches.delete("kept");
    await show();
    tell("removed");
    box.querySelector("summary").focus();
  };

  // A newer edition takes the place of what is kept, in every language; without a network, that stays.
  const refresh = async () => {
    if (!navigator.onLine || !await caches.has("kept")) return;
    const kept = await caches.open("kept");
    for (const { url } of await kept.keys()) {
      const version = (await kept.match(url)).headers.get("ETag");
      const answer = version && await get(url, { "If-None-Match": version }).catch(() => null);
      if (answer && await caches.has("kept")) await kept.put(url, answer);
    }
  };

  const safely = action => () => action().catch(() => tell("failed"));
  if (navigator.serviceWorker && window.caches && window.DecompressionStream) {
    yes.onclick = safely(keep);
    remove.onclick = safely(drop);
    show().then(refresh).catch(() => {});
    addEventListener("pageshow", event => { if (event.persisted) show().catch(() => {}); });
  }
}

// Keep every page of this language on this phone, and take all of it away again. Nothing is stored before a reader asks.
{
  const box = document.querySelector(".keep"), remove = document.querySelector(".remove"), { file } = box.dataset;
  const tell = window.tell = what => document.querySelectorAll("[data-told]").forEach(each => { each.hidden = each.dataset.told !== what; });
  const leave = async () => {
    for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  };

  const show = async () => {
    box.hidden = Boolean(await caches.match(file));
    remove.hidden = !await caches.has("kept");
    if (remove.hidden) await leave(); // a browser may have thrown away what was kept
  };

  // Half of it is no use: what is kept of other languages stays.
  const forget = async () => {
    const kept = await caches.open("kept");
    await kept.delete(file);
    if (!(await kept.keys()).length) await caches.delete("kept");
  };

  const keep = async () => {
    try {
      const answer = await fetch(file, { cache: "no-store" });
      if (!answer.ok) throw answer.status;
      const kept = await caches.open("kept");
      await kept.put(file, answer);
      await navigator.serviceWorker.register("/sw.js");
      tell("kept");
    } catch (error) {
      await forget().catch(() => {});
      tell(error.name === "QuotaExceededError" ? "full" : "failed");
    }
    await show();
    if (!remove.hidden) remove.focus();
  };

  const drop = async () => {
    await caches.delete("kept");
    await leave();
    tell("removed");
    await show();
    box.querySelector("summary").focus();
  };

  // A newer edition takes the place of what is kept, in every language; without a network, that stays.
  const refresh = async () => {
    if (!navigator.onLine || !await caches.has("kept")) return;
    const kept = await caches.open("kept");
    for (const { url } of await kept.keys()) {
      const old = await kept.match(url);
      const answer = await fetch(url, { cache: "no-store", headers: { "If-None-Match": old.headers.get("ETag") } });
      if (answer.ok && await caches.has("kept")) await kept.put(url, answer);
    }
  };

  const safely = action => () => action().catch(() => tell("failed"));
  box.querySelector("button").onclick = safely(keep);
  remove.onclick = safely(drop);
  if (navigator.serviceWorker && window.caches && window.DecompressionStream) show().then(refresh).catch(() => {});
}

// Read aloud, sentence by sentence, with voices that the device says are its own: others send the words to a server.
{
  const tool = document.querySelector(".aloud"), voices = window.speechSynthesis, page = document.documentElement.lang;
  const [play, stop] = tool.querySelectorAll("button");
  let sentences = [], at = 0, now = null;

  const voice = lang => {
    const fit = voices.getVoices().filter(each => each.localService && each.lang.split(/[-_]/)[0] === lang.split("-")[0]);
    return fit.find(each => each.default) || fit.find(each => /GB/.test(each.lang)) || fit[0];
  };

  const seen = part => part.checkVisibility ? part.checkVisibility() : part.getClientRects().length > 0;

  // The words on the page in order: what stands in one block and in one language belongs together. Names in another
  // language (bdi) are read within their sentence.
  const find = () => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), parts = [];
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (parent.closest("svg, .tools") || !seen(parent)) continue;
      const block = parent.closest("p, li, dt, dd, summary, h1, h2, h3, h4, h5"), { lang } = parent.closest("[lang]:not(bdi)");
      const last = parts.at(-1);
      if (last && last.block === block && last.lang === lang) last.nodes.push(node);
      else if (node.data.trim()) parts.push({ block, lang, nodes: [node] });
    }
    return parts.flatMap(split);
  };

  const split = ({ block, lang, nodes }) => {
    const text = nodes.map(node => node.data).join("");
    const cut = window.Intl.Segmenter ? [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)] : [{ segment: text, index: 0 }];
    return cut.filter(each => each.segment.trim()).map(({ segment, index }) => {
      const range = new Range(), start = index + segment.search(/\S/);
      range.setStart(...place(nodes, start));
      range.setEnd(...place(nodes, start + segment.trim().length));
      return { block, lang, range, text: segment.trim().replace(/\s+/g, " ") };
    });
  };

  const place = (nodes, offset) => {
    let number = 0;
    while (offset > nodes[number].length) offset -= nodes[number++].length;
    return [nodes[number], offset];
  };

  const mark = sentence => {
    if (window.Highlight) CSS.highlights.set("aloud", new Highlight(...(sentence ? [sentence.range] : [])));
    document.querySelectorAll(".marked").forEach(each => each.classList.remove("marked"));
    if (!sentence) return;
    if (!window.Highlight) sentence.block.classList.add("marked");
    const box = sentence.range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight - tool.offsetHeight) sentence.block.scrollIntoView({ block: "center" });
  };

  // What the buttons offer, and how much of the screen they take: nothing that has the focus may lie under them.
  const show = state => {
    tool.dataset.state = state;
    play.querySelectorAll("[data-in]").forEach(each => { each.hidden = each.dataset.in !== state; });
    stop.hidden = state === "off";
    document.documentElement.style.setProperty("--bar", `${tool.offsetHeight}px`);
  };

  const hush = () => { now = null; voices.cancel(); };
  const pause = () => { if (now) { hush(); show("paused"); } };
  const off = () => {
    hush();
    at = 0;
    mark();
    if (document.activeElement === stop) play.focus();
    show("off");
  };

  const speak = () => {
    const sentence = sentences[at], before = sentences[at - 1];
    if (!sentence) return off();
    const own = voice(sentence.lang);
    let { text } = sentence;
    // No English voice: say once that these words are in English.
    if (!own && sentence.lang === "en") {
      if (before && before.lang === "en") return next();
      text = tool.querySelector("[data-english]").textContent;
    }
    const said = now = new SpeechSynthesisUtterance(text.trim());
    said.voice = own || voice(page);
    said.lang = said.voice.lang;
    said.onend = () => { if (said === now) next(); };
    said.onerror = () => { if (said === now) { off(); tell("failed"); } };
    mark(sentence);
    voices.speak(said);
  };
  const next = () => { at++; speak(); };

  play.onclick = () => {
    if (now) return pause();
    if (tool.dataset.state === "off") {
      for (const each of document.querySelectorAll(".points details, .action details")) each.open = true;
      sentences = find();
    }
    show("on");
    speak();
  };
  stop.onclick = off;

  if (voices) {
    const look = () => { if (!now) tool.hidden = !voice(page); };
    voices.onvoiceschanged = look;
    look();
    addEventListener("pagehide", off);
    document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); });
  }
}

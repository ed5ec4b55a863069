// Read aloud, sentence by sentence, with the voices of the device. Voices that send the words to a server are not used.
{
  const tool = document.querySelector(".aloud"), voices = window.speechSynthesis, page = document.documentElement.lang;
  const [play, stop] = tool.querySelectorAll("button");
  let sentences = [], at = 0, now = null;

  const voice = lang => {
    const fit = voices.getVoices().filter(each => each.localService && each.lang.split(/[-_]/)[0] === lang.split("-")[0]);
    return fit.find(each => each.default) || fit.find(each => /GB/.test(each.lang)) || fit[0];
  };

  // The words on the page in order: what stands in one block and in one language belongs together. Names in another
  // language (bdi) are read within their sentence.
  const find = () => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), parts = [];
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (parent.closest("svg, .tools") || parent.checkVisibility?.() === false) continue;
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

  // state: what the buttons offer and what the style shows.
  const show = state => {
    tool.dataset.state = state;
    [...play.children].forEach(each => { each.hidden = each.dataset.in !== state && each.dataset.in !== "all"; });
    stop.hidden = state === "off";
  };

  const hush = () => { now = null; voices.cancel(); };
  const off = () => {
    hush();
    at = 0;
    mark();
    if (document.activeElement === stop) play.focus();
    show("off");
  };
  const pause = () => { if (now) { hush(); show("paused"); } };

  const speak = () => {
    const sentence = sentences[at], before = sentences[at - 1];
    if (!sentence) return off();
    const own = voice(sentence.lang);
    let { text } = sentence;
    // No English voice: say once that English words stand here, rather than read them with a voice that cannot.
    if (!own && sentence.lang === "en") {
      if (before && before.lang === "en") return next();
      text = tool.querySelector("[data-english]").textContent;
    }
    const said = now = new SpeechSynthesisUtterance(text.trim());
    said.voice = own || voice(page);
    said.lang = said.voice.lang;
    said.onend = () => { if (said === now) next(); };
    said.onerror = () => { if (said === now) off(); };
    mark(sentence);
    voices.speak(now);
  };
  const next = () => { at++; speak(); };

  play.onclick = () => {
    if (now) return pause();
    if (tool.dataset.state === "off") sentences = find();
    show("on");
    hush();
    speak();
  };
  stop.onclick = off;
  addEventListener("pagehide", off);
  document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); });

  if (voices) {
    const look = () => { tool.hidden = !voice(page); };
    voices.onvoiceschanged = look;
    look();
  }
}

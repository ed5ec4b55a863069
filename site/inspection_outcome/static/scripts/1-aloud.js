// Read aloud, sentence by sentence, with voices that the device says are its own: others send the words to a server.
// It needs nothing that browsers of 2020 lack (Chromium 80, Safari 13.1, Firefox 78).
if (window.speechSynthesis) {
  const voices = speechSynthesis, tool = document.querySelector(".aloud"), [play, stop, english] = tool.children;
  let sentences, reading, now, at = 0;

  // A sentence ends at a full stop or its like in any script, if neither a small letter comes next, nor a letter, digit
  // or mark at once: not in 'gov.uk', '9.30' or 'a.m. on'. It also ends where a line of the page's source does.
  const SENTENCE = /\S[^]*?(\p{STerm}\p{P}*(?!\s*\p{Ll}|[\p{P}\p{N}\p{LC}])|(?=\s*($|\n\s*[^\s\p{P}])))/gu;
  // Chrome stops within an utterance after 15 seconds. So a long sentence is cut: after a mark, else at a space, else
  // anywhere but before an accent that belongs to its letter.
  const PIECE = /.{1,170}($|\p{Po}(?![\p{N}\p{LC}]))|.{1,170} |.{1,170}(?!\p{M})/gu;
  const PATIENCE = 5000; // milliseconds until a voice that has not begun is given up

  // en-GB, en_GB and Firefox's eng-GBR-f00 are one language; a name such as 'english' is none.
  const language = tag => {
    [tag] = tag.toLowerCase().split(/[-_]/);
    try { return Intl.getCanonicalLocales(tag)[0]; } catch { return tag; }
  };

  const voice = (lang = document.documentElement.lang) => {
    const fit = voices.getVoices().filter(each => each.localService && language(each.lang) === language(lang));
    return fit.find(each => each.default) || fit.find(each => /GB/i.test(each.lang)) || fit[0];
  };

  // The sentences of the page in order. What stands in one block and in one language belongs together; names in another
  // language (bdi) are read within their sentence. `places` has the node and the offset of each character.
  const find = () => {
    const walker = document.createTreeWalker(document.querySelector("main")), parts = [];
    for (let node, part = {}; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (!node.data || !parent.offsetParent || parent.closest(".tools, details:not([open]) > :not(summary)")) continue;
      const block = parent.closest("p, li, dt, dd, summary, h1, h2, h3, h4, h5"), { lang } = parent.closest("[lang]:not(bdi)");
      if (part.block !== block || part.lang !== lang) parts.push(part = { block, lang, text: "", places: [] });
      part.text += node.data;
      part.places.push(...node.data.split("").map((_, offset) => [node, offset]));
    }
    return parts.flatMap(part => [...part.text.matchAll(SENTENCE)].map(({ 0: text, index }) => ({ ...part, text, index })));
  };

  const mark = ({ block, places, text, index } = {}) => {
    CSS.highlights?.clear();
    document.querySelectorAll(".marked").forEach(each => each.classList.remove("marked"));
    if (!block) return;
    const range = new Range(), [node, offset] = places[index + text.length - 1];
    range.setStart(...places[index]);
    range.setEnd(node, offset + 1);
    if (CSS.highlights) CSS.highlights.set("aloud", new Highlight(range));
    else block.classList.add("marked");
    const box = range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > tool.getBoundingClientRect().top) block.scrollIntoView({ block: "center" });
  };

  // What the buttons offer, and how much of the screen they take: nothing that has the focus may lie under them.
  const show = state => {
    tool.dataset.state = state;
    play.querySelectorAll("[data-in]").forEach(each => { each.hidden = each.dataset.in !== state; });
    stop.hidden = state === "off";
    document.documentElement.style.setProperty("--bar", `${tool.offsetHeight}px`);
    if (state === "on") return;
    now = null;
    voices.cancel();
  };

  const off = () => {
    at = 0;
    if (stop.matches(":focus")) play.focus();
    show("off");
    mark();
  };
  const fail = () => { tell("failed"); off(); };

  // What is to be spoken from here on; a sentence is marked when it is its turn.
  function* utterances() {
    if (!at) {
      document.querySelectorAll(".more, .action details").forEach(each => { each.open = true; });
      sentences = find();
    }
    for (; at < sentences.length; at++) {
      let { lang, text } = sentences[at];
      const own = voice(lang);
      // No English voice: say once that these words are in English.
      if (!own && lang === "en") {
        if (sentences[at - 1]?.lang === lang) continue;
        text = english.textContent;
      }
      mark(sentences[at]);
      for (const piece of text.replace(/\s+/g, " ").match(PIECE)) {
        const said = new SpeechSynthesisUtterance(piece.trim());
        said.voice = own || voice();
        said.lang = said.voice.lang;
        yield said;
      }
    }
  }

  // A fault anywhere ends in the stopped state, and is told. `now` is what is being spoken: what ends after it was
  // stopped counts for nothing.
  const next = () => {
    try {
      const said = now = reading.next().value;
      if (!said) return off();
      const late = setTimeout(() => { if (said === now && !voices.speaking) fail(); }, PATIENCE);
      said.onstart = said.onboundary = () => clearTimeout(late);
      said.onend = () => { if (said === now) next(); };
      said.onerror = () => { if (said === now) fail(); };
      voices.speak(said);
    } catch { fail(); }
  };

  play.onclick = () => {
    if (now) return show("paused");
    show("on");
    reading = utterances();
    next();
  };
  stop.onclick = off;

  // Voices may come late, and Safari does not always tell of it.
  const look = () => { if (voice()) tool.hidden = false; };
  onpageshow = onfocus = voices.onvoiceschanged = look;
  for (const wait of [0, 500, 5000]) setTimeout(look, wait);
  onpagehide = off;
  document.addEventListener("visibilitychange", () => { if (document.hidden && now) show("paused"); });
}

// What a reader's eyes see of the marks, as data. Runs in the page's own world, where the registry
// of highlights is the same one. Every function only reads.
// Written without the array methods that a hostile page may have replaced.
(() => {
  const UNSEEN = /[\s\u00AD\u200B\u2060\uFEFF]+/gu;
  const inside = range => {
    // The characters of a range, with a separator where one text node ends, so that words of two
    // paragraphs never run together unseen.
    const pieces = [];
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    walker.currentNode = startContainer;
    for (let node = startContainer; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const from = node === startContainer ? startOffset : 0;
        const to = node === endContainer ? endOffset : node.data.length;
        pieces[pieces.length] = node.data.slice(from, to);
      }
      if (node === endContainer) break;
    }
    return pieces.join('');
  };
  const before = range => {
    // Up to 60 visible characters of text before the range.
    let text = (range.startContainer.data ?? '').slice(0, range.startOffset);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    walker.currentNode = range.startContainer;
    for (let node = walker.previousNode(); node && text.length < 80; node = walker.previousNode()) {
      if (!node.parentElement.closest('script, style, noscript, figcaption')) text = node.data + text;
    }
    return text.replace(UNSEEN, '').slice(-60);
  };
  const found = [];
  for (const [name, highlight] of CSS.highlights) {
    const match = /^caveat-(sources|numbers|wording|reasoning|credit)(-quiet)?$/.exec(name);
    if (!match) continue;
    for (const range of highlight) {
      if (range.collapsed) continue; // paints nothing
      const linked = range.startContainer.parentElement?.closest('a[href]') != null;
      found[found.length] = { family: match[1], quiet: !!match[2], words: inside(range), before: before(range), linked, range };
    }
  }
  found.sort((a, b) => {
    const place = a.range.startContainer.compareDocumentPosition(b.range.startContainer);
    if (place === 0) return a.range.startOffset - b.range.startOffset || b.words.length - a.words.length;
    return place & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
  return found;
})()

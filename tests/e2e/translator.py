"""The browser's own translator, with an engine that needs no models: it turns small words around.

In Firefox it is Firefox's own code for whole pages that works on the page; Chromium's is not in every
build, and what it does to a page is done here in its name. Out: a page whose words are others. An engine
that is slow keeps the words until `finish`.
"""

from __future__ import annotations

from .browser import Browser
from .firefox import Firefox
from .waiting import until

TURN = "text => text.replace(/[a-z]{2,}/g, word => [...word].reverse().join(''))"

# Beside the page, where Firefox translates: its own document translator, and an engine of ours.
FIREFOX = """
  const { TranslationsDocument, LRUCache } = ChromeUtils.importESModule(
    'chrome://global/content/translations/translations-document.sys.mjs');
  const turn = %(turn)s;
  const held = [];
  const answer = data => content.setTimeout(() => port.onmessage({ data }));
  const port = {
    close() {},
    postMessage({ type, translationId, sourceText }) {
      if (type.endsWith('GetEngineStatusRequest'))
        answer({ type: 'TranslationsPort:GetEngineStatusResponse', status: 'ready' });
      else if (type.endsWith('TranslationRequest')) {
        const targetText = sourceText.replace(/(<[^>]*>)|([^<]+)/g, (_, tag, text) => tag ?? turn(text));
        const response = { type: 'TranslationsPort:TranslationResponse', translationId, targetText };
        %(slow)s ? held.push(response) : answer(response);
      }
    },
  };
  addMessageListener('caveat-test:finish', () => held.splice(0).forEach(answer));
  globalThis.caveatTranslation = new TranslationsDocument(content.document, 'en', 'de',
    content.windowGlobalChild.innerWindowId, port, () => {}, () => {},
    new LRUCache({ sourceLanguage: 'en', targetLanguage: 'de' }), false);
"""

CHROMIUM = """(() => {
  const turn = %s;
  document.documentElement.classList.add('translated-ltr');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest('script, style')) texts.push(walker.currentNode);
  for (const text of texts) {
    const font = document.createElement('font');
    font.style.verticalAlign = 'inherit';
    const inner = font.cloneNode();
    inner.textContent = turn(text.data);
    font.append(inner);
    text.replaceWith(font);
  }
})()"""


def translate(browser: Browser) -> None:
    """Have the page translated, and wait until the words in the window are others."""
    words = "document.querySelectorAll('article p')[1].textContent"
    before = browser.page(words)
    begin(browser, slow=False)
    until(lambda: browser.page(words) != before, "translated page")


def begin(browser: Browser, *, slow: bool = True) -> None:
    """Have the page translated, by an engine that may be slow."""
    if isinstance(browser, Firefox):
        script = FIREFOX % {"turn": TURN, "slow": str(slow).lower()}
        browser.beside_page(script)
        until(lambda: browser.page("document.documentElement.lang === 'de'"), "translator at work")
    else:
        browser.page(CHROMIUM % TURN)


def finish(browser: Browser) -> None:
    """The slow engine has done its work."""
    if isinstance(browser, Firefox):
        browser.chrome("gBrowser.selectedBrowser.messageManager.sendAsyncMessage('caveat-test:finish')")

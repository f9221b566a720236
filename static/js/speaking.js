// Speaking instead of typing, where the browser can turn speech into text: what was heard stands in the field, to be corrected before it is sent.
(() => {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  const box = document.getElementById("speaking");
  if (!Recognition || !box) return;
  const area = document.querySelector("textarea[data-draft]");
  const [button, said] = [box.querySelector("button"), box.querySelector("output")];
  const REFUSED = ["not-allowed", "service-not-allowed", "audio-capture"];
  let heard = null; // the recognition under way

  const show = (listens) => {
    button.textContent = listens ? button.dataset.stop : button.dataset.start;
    button.setAttribute("aria-pressed", String(listens));
  };
  const put = (words) => {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const before = value.slice(0, from);
    const gap = before && !/\s$/u.test(before) ? " " : "";
    area.setRangeText(gap + words.trim(), from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const stop = () => {
    const over = heard;
    heard = null;
    over?.stop();
    show(false);
  };
  const start = () => {
    const listening = new Recognition();
    Object.assign(listening, { lang: box.dataset.language, continuous: true, interimResults: true });
    listening.onresult = ({ results, resultIndex }) => {
      const fresh = [...results].slice(resultIndex);
      for (const result of fresh.filter((one) => one.isFinal)) put(result[0].transcript);
      said.textContent = fresh.filter((one) => !one.isFinal).map((one) => one[0].transcript).join(" ");
    };
    listening.onerror = ({ error }) => {
      if (error === "aborted" || error === "no-speech") return;
      said.textContent = REFUSED.includes(error) ? box.dataset.refused : box.dataset.failed;
    };
    listening.onend = () => { if (heard === listening) stop(); };
    heard = listening;
    said.textContent = "";
    show(true);
    listening.start();
  };

  button.addEventListener("click", () => (heard ? stop() : start()));
  area.form.addEventListener("submit", stop);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") stop(); });
  box.hidden = false;
  show(false);
})();

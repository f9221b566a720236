// A passkey is made or used by the browser: what the site asks is fetched when the button is pressed, what the browser says goes back in the form's own field.
(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.isSecureContext || !window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = async (form) => {
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(form.dataset.asked, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { publicKey } = await answer.json();
    publicKey.challenge = bytes(publicKey.challenge);
    if (form.dataset.passkey === "use") {
      return navigator.credentials.get({ publicKey: { ...publicKey, allowCredentials: named(publicKey.allowCredentials) } });
    }
    const user = { ...publicKey.user, id: bytes(publicKey.user.id) };
    return navigator.credentials.create({ publicKey: { ...publicKey, user, excludeCredentials: named(publicKey.excludeCredentials) } });
  };

  const said = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    const { id, type, authenticatorAttachment } = credential;
    return { id, rawId: text(credential.rawId), type, authenticatorAttachment, response, clientExtensionResults: credential.getClientExtensionResults() };
  };

  for (const form of forms) {
    form.hidden = false;
    form.parentElement.querySelectorAll("[data-without-passkeys]").forEach((one) => { one.hidden = true; });
    const failed = form.querySelector("[data-failed]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(said(await ask(form)));
        form.submit();
      } catch {
        failed.hidden = false; // called off, timed out, or none fits: the browser does not tell which
      }
      button.disabled = false; // whoever comes back to this page can press it again
    });
  }
})();

"use strict";
// What a page cannot do over its own connection: send a file by a request, tell how far it is, and stop it.
(function () {
  const requests = new Map();

  function send(inputId, url, page) {
    return new Promise((resolve) => {
      const file = document.getElementById(inputId).files[0];
      if (!file) return resolve("Choose a file first.");
      const request = new XMLHttpRequest();
      let told = 0;
      requests.set(inputId, request);
      request.upload.addEventListener("progress", (event) => {
        const now = Date.now();
        if (event.lengthComputable && now - told > 250) {
          told = now;
          page.invokeMethodAsync("Told", event.loaded / event.total).catch(() => {});
        }
      });
      request.addEventListener("load", () => resolve(request.status === 204 ? null : request.responseText || "The upload was refused (" + request.status + ")."));
      request.addEventListener("error", () => resolve("The upload failed. Is the file too large, or was it changed meanwhile?"));
      request.addEventListener("abort", () => resolve("Cancelled."));
      request.addEventListener("loadend", () => requests.delete(inputId));
      request.open("POST", new URL(url, document.baseURI));
      request.send(file);
    });
  }

  window.anomalykit = {
    send,
    cancel: (inputId) => requests.get(inputId)?.abort(),
    fileName: (inputId) => document.getElementById(inputId).files[0]?.name ?? null,
  };
})();

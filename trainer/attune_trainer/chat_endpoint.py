"""Answers of any model behind an OpenAI-compatible endpoint, which may be down or busy for a while."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from attune_trainer.failures import RunFailure

TIMEOUT_SECONDS = 300.0
# Waits between attempts, in seconds: a minute in all.
WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})

Message = dict[str, str]


def said(role: str, content: str) -> Message:
    """One message of a chat."""
    return {"role": role, "content": content}


class ChatEndpoint:
    """`POST {url}/chat/completions`."""

    def __init__(self, url: str, model: str, key_variable: str, waits: Sequence[float] = WAITS):
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        key = os.environ.get(key_variable)
        self._headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {})}
        self._waits = waits

    def ask(self, messages: Sequence[Message], temperature: float) -> str:
        """The model's answer. Raises RunFailure `endpoint_unavailable`."""
        asked = {"model": self._model, "messages": list(messages), "temperature": temperature}
        body = json.dumps(asked).encode()
        for wait in (*self._waits, None):
            try:
                return self._post(body)
            except urllib.error.HTTPError as error:
                reason = f"it answered {error.code}: {error.read(300).decode(errors='replace')}"
                if error.code not in WORTH_ANOTHER_TRY:
                    raise self._unavailable(reason) from error
            except OSError as error:
                reason = str(error)
            if wait is not None:
                time.sleep(wait)
        raise self._unavailable(reason)

    def _post(self, body: bytes) -> str:
        request = urllib.request.Request(self._url, body, self._headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            content = response.read()
        try:
            answer = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise self._unavailable(f"its answer is no chat completion: {error!r}") from error
        if not isinstance(answer, str):
            raise self._unavailable("its answer has no text")
        return answer.strip()

    def _unavailable(self, reason: str) -> RunFailure:
        return RunFailure(
            "endpoint_unavailable",
            f"The model {self._model!r} at {self._url} gives no answers: {reason}. Check address, model and key, and "
            "resume the job when it answers again: what it said so far is kept.",
        )

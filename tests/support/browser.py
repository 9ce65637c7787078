"""A headless Chromium, driven through its debugging pipe: JSON messages on two file descriptors, each ended by NUL."""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
WAIT = 60


def find():
    """The browser, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """The process. Ends with the `with` block, and with it its folder."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="fremskriv-browser-")
        to_child, self.write = os.pipe()
        self.read, from_child = os.pipe()

        # The browser reads descriptor 3 and writes 4. They are moved out of the way first, as one may stand on the other.
        def place():
            high = [os.dup2(to_child, 90), os.dup2(from_child, 91)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [find(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--force-color-profile=srgb", "--no-first-run", "--lang=en-US", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder}/profile"],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "HOME": self.folder, "TZ": "UTC"})
        os.close(to_child)
        os.close(from_child)
        self.number = 0
        self.rest = b""
        self.events = []
        return self

    def __exit__(self, *problem):
        os.close(self.write)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.read)
        shutil.rmtree(self.folder, ignore_errors=True)

    def receive(self, seconds=WAIT):
        """The next message, or None when there is none for so long."""
        while b"\0" not in self.rest:
            if not select.select([self.read], [], [], seconds)[0]:
                return None
            piece = os.read(self.read, 1 << 20)
            if not piece:
                raise RuntimeError("the browser ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        asked = {"id": self.number, "method": method, "params": parameters}
        if session:
            asked["sessionId"] = session
        data = json.dumps(asked).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data):]
        while True:
            message = self.receive()
            if message is None:
                raise RuntimeError(f"{method}: no answer")
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def page(self, path, width=1280, height=900, script=True, downloads=None):
        return Page(self, pathlib.Path(path), width, height, script, downloads)


class Page:
    """One page from a file."""

    def __init__(self, browser, path, width, height, script, downloads):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(width, height)
        if not script:
            self.call("Emulation.setScriptExecutionDisabled", value=True)
        if downloads:
            browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads), eventsEnabled=True)
        self.call("Page.navigate", url=path.resolve().as_uri())
        self.wait("Page.loadEventFired")

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

    def size(self, width, height, mobile=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def mine(self, method):
        return [event["params"] for event in self.browser.events
                if event.get("sessionId") == self.session and event["method"] == method]

    def wait(self, method, seconds=WAIT):
        end = time.monotonic() + seconds
        while not self.mine(method):
            if time.monotonic() > end:
                raise RuntimeError(f"no {method}")
            event = self.browser.receive(1)
            if event is not None:
                self.browser.events.append(event)

    def run(self, script):
        """What a script returns."""
        said = self.call("Runtime.evaluate", expression=f"(() => {{ {script} }})()", returnByValue=True,
                         awaitPromise=True, userGesture=True)
        if "exceptionDetails" in said:
            raise RuntimeError(f"{script}: {said['exceptionDetails']}")
        return said["result"].get("value")

    def key(self, name, code, text=None):
        parameters = {"key": name, "code": name, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **parameters, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **parameters)

    def picture(self, path, clip=None):
        """A picture of the whole page, or of x, y, width, height of it."""
        x, y, width, height = clip or (0, 0, *self.run("return [innerWidth, document.documentElement.scrollHeight]"))
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={"x": x, "y": y, "width": width, "height": height, "scale": 1})
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path):
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        pathlib.Path(path).write_bytes(base64.b64decode(printed["data"]))

    def complaints(self):
        """What went wrong so far: exceptions, errors on the console, what the policy refused, requests to elsewhere."""
        self.run("return 0")
        said = [event["exceptionDetails"].get("exception", {}).get("description", str(event)) for event in self.mine("Runtime.exceptionThrown")]
        said += [str(event["args"]) for event in self.mine("Runtime.consoleAPICalled") if event["type"] in ("error", "warning", "assert")]
        said += [event["entry"]["text"] for event in self.mine("Log.entryAdded") if event["entry"]["level"] in ("error", "warning")]
        said += [f"request: {event['request']['url'][:100]}" for event in self.mine("Network.requestWillBeSent")
                 if not event["request"]["url"].startswith(("file://", "about:blank", "blob:"))]
        return said

"""The release server under measurement, and what the system says of it."""
import json, os, subprocess, time, urllib.request

CLOCK = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, binary, store, *flags):
        start = time.monotonic()
        self.process = subprocess.Popen(
            [binary, "serve", "--port", "0", "--store", store, "--constant-bodies", "--writes-per-minute", "0", *flags],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]
        self.start_seconds = time.monotonic() - start
        self.start_cpu = self.cpu()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def get(self, path, headers={}):
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=120) as reply:
            return reply.read()

    def json(self, path):
        return json.loads(self.get(path))

    def header(self, path, name):
        with urllib.request.urlopen(self.url + path, timeout=120) as reply:
            return reply.headers[name]

    def cpu(self):
        """Seconds of all its threads: what a busy neighbour does not change much."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK

    def memory(self, what="VmRSS"):
        """Bytes in memory now, or with VmHWM at most so far."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith(what + ":"))

    def forget_peak(self):
        """VmHWM counts anew from here, where the system lets us."""
        try:
            with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass


def bring_in(binary, path, layer, store):
    """Imports a file; answers with seconds by the clock, seconds of the processor and bytes at most in memory."""
    start = time.monotonic()
    process = subprocess.Popen([binary, "import", path, "--layer", layer, "--store", store], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{path} could not be imported.")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def make_layer(binary, store, name):
    """One that anybody may write to, where what is given shows at once."""
    subprocess.run([binary, "layer", "create", name, "--review", "after", "--precision", "exact", "--store", store],
                   check=True, stdout=subprocess.DEVNULL)

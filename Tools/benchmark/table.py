"""One table of what was measured, and for each figure that the project has set itself whether it was reached."""


class Table:
    def __init__(self):
        self.reached = []

    def head(self, title):
        """µs: of the server's processors for one request, which a busy machine changes little."""
        print(f"\n{title}\n{'workload':30}{'bytes':>8}{'rate/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'µs':>7}{'ceiling/s':>11}{'its µs':>7}{'ratio':>7}"
              f"{'memory':>9}  figure", flush=True)

    def row(self, name, round, size="", ceiling=None, ratio=None, memory=None, at_least=None, p99_at_most=None):
        marks = []
        if at_least is not None:
            marks.append(self.mark(name, ratio >= at_least, f"≥ {at_least:.0%}"))
        if p99_at_most is not None:
            marks.append(self.mark(name + ", p99", round.p99 <= p99_at_most, f"p99 ≤ {p99_at_most:g} ms"))
        cells = [f"{name:30}{size:>8}{round.rate:9.0f}{round.p50:9.2f}{round.p99:9.2f}",
                 f"{round.processor:7.0f}" if round.processor else f"{'–':>7}",
                 f"{ceiling.rate:11.0f}{ceiling.processor:7.0f}" if ceiling else f"{'–':>11}{'–':>7}",
                 f"{ratio:7.0%}" if ratio is not None else f"{'–':>7}",
                 f"{memory >> 20:5} MiB" if memory else f"{'–':>9}"]
        print("".join(cells) + "  " + "; ".join(marks), flush=True)

    def line(self, name, told, is_reached=None, figure=""):
        mark = "" if is_reached is None else "  " + self.mark(name, is_reached, figure)
        print(f"{name}: {told}{mark}", flush=True)

    def mark(self, name, is_reached, figure):
        self.reached.append((name, is_reached))
        return f"{figure} {'reached' if is_reached else 'NOT REACHED'}"

    def sum_up(self):
        missing = [name for name, is_reached in self.reached if not is_reached]
        print(f"\n{len(self.reached) - len(missing)} of {len(self.reached)} figures reached"
              + (f"; not: {', '.join(missing)}" if missing else ""))

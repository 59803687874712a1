"""The other end of lib/benchmark/speed/peer.ts: answers a question a line."""

import json
import sys


def answer(variants):
    """Runs variants on request, each a function that takes how often and gives seconds.

    Each line of standard input is `{"variant": name, "times": n}`; the answer is a line with the
    seconds, or with the error where a variant does not work on this machine.
    """
    answers, sys.stdout = sys.stdout, sys.stderr

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    say({"variants": list(variants)})
    for line in sys.stdin:
        question = json.loads(line)
        try:
            say({"seconds": variants[question["variant"]](question["times"])})
        except Exception as error:  # Whatever keeps a compiler from working here.
            say({"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]})

"""Reads what `ops/bench` had Postgres log (jsonlog with log_statement or log_min_duration_statement).

log.py replay PATTERN [--plain] [--only] < LOG > REPLAY
    The transactions that have a statement with PATTERN, as a file for `ceiling`. Identifiers, keys and codes that no
    other of them has are fresh: `ceiling` makes them anew each time. --plain leaves the office's guard out, --begun
    puts it between begin and commit, as most programs do, --only leaves everything out but the statement itself.
log.py message PATTERN < LOG
    The longest message of many statements that has PATTERN.
log.py time APPLICATION < LOG
    For how many milliseconds Postgres worked for an application.
"""

import json
import re
import sys

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
CODE = re.compile(r"(?=.*[A-Z])[A-Z0-9]+(-[A-Z0-9]+)+")
EXECUTED = re.compile(r"execute \S+: (.*)", re.S)
PARAMETER = re.compile(r"\$\d+ = (NULL|'(?:[^']|'')*')", re.S)


def entries():
    for line in sys.stdin:
        yield json.loads(line)


def executed():
    """(transaction, statement, values) in the order of the log."""
    for entry in entries():
        found = EXECUTED.match(entry.get("message", ""))
        if not found:
            continue
        detail = entry.get("detail") or ""
        words = PARAMETER.findall(detail.removeprefix("parameters: "))
        yield (entry["pid"], entry["vxid"]), found[1], [None if word == "NULL" else word[1:-1].replace("''", "'") for word in words]


def transactions():
    statements = {}
    for transaction, statement, values in executed():
        if not statement.startswith("deallocate "):
            statements.setdefault(transaction, []).append((statement, values))
    return list(statements.values())


def atoms(transaction):
    """Everything in it that may have been made for it alone."""
    for _, values in transaction:
        for value in values:
            if value is None:
                continue
            if value.startswith("\\x"):
                if len(value) <= 2 + 2 * 48:
                    yield value
            else:
                yield from UUID.findall(value)
                if CODE.fullmatch(value):
                    yield value


def write(transaction, fresh, out):
    slots = sorted(fresh)
    out(f"transaction {len(slots)} {len(transaction)}\n")
    for atom in slots:
        kind = "b" if atom.startswith("\\x") else "u" if UUID.fullmatch(atom) else "c"
        out(f"slot {kind} {len(atom) // 2 - 1 if kind == 'b' else len(atom)} {atom if kind == 'c' else '-'}\n")
    for statement, values in transaction:
        text = statement.encode()
        out(f"statement {len(text)} {len(values)}\n{statement}\n")
        for value in values:
            if value is None:
                out("parameter -1 0 0\n")
                continue
            is_binary = value.startswith("\\x")
            data = bytes.fromhex(value[2:]) if is_binary else value.encode()
            patches = []
            for number, atom in enumerate(slots):
                if is_binary:
                    patches += [(0, number)] if atom == value else []
                elif not atom.startswith("\\x"):
                    patches += [(found.start(), number) for found in re.finditer(re.escape(atom.encode()), data)]
            out(f"parameter {len(data)} {int(is_binary)} {len(patches)}")
            out("".join(f" {offset} {number}" for offset, number in patches) + "\n")
            out(data)
            out("\n")


def replay(pattern, words):
    found = [one for one in transactions() if any(pattern in text for text, _ in one)]
    if len(found) < 2:
        sys.exit(f"log.py: {len(found)} transactions have {pattern}; two are needed")
    seen = {}
    for number, one in enumerate(found):
        for atom in atoms(one):
            seen.setdefault(atom, set()).add(number)

    def out(data):
        sys.stdout.buffer.write(data if isinstance(data, bytes) else data.encode())

    for number, one in enumerate(found):
        fresh = {atom for atom in atoms(one) if seen[atom] == {number}}
        if "--plain" in words:
            one = [(text, values) for text, values in one if "set_config(" not in text]
        if "--begun" in words:
            one = [("begin", []), *one, ("commit", [])]
        if "--only" in words:
            one = [(text, values) for text, values in one if pattern in text]
        write(one, fresh, out)


def message(pattern):
    said = (entry["message"] for entry in entries() if entry.get("message", "").startswith("statement: "))
    found = [text.removeprefix("statement: ") for text in said if pattern in text]
    if not found:
        sys.exit(f"log.py: no message has {pattern}")
    print(max(found, key=len))


def worked(application):
    took = re.compile(r"duration: ([0-9.]+) ms")
    spans = (took.match(entry.get("message", "")) for entry in entries() if entry.get("application_name") == application)
    print(f"{sum(float(span[1]) for span in spans if span):.1f}")


if __name__ == "__main__":
    mode, word, *rest = sys.argv[1:]
    {"replay": lambda: replay(word, rest), "message": lambda: message(word), "time": lambda: worked(word)}[mode]()

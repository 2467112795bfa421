#!/usr/bin/python3
"""random_scenario.py DIR COUNT SEED [repeatable]: writes COUNT valid scenarios, DIR/SEED-N.yaml.

Together they use every key that man/gomemlab-scenario.5 describes. With "repeatable", the programs
are such that Go prints the same makes and pools as the simulation, in every row: one goroutine,
nothing that depends on the time it takes. SEEDS are theirs in turn.
"""
import json
import random
import sys

NAMES = ["idle", "free-list", "jobs", "func", "type", "b", "make", "len", "q", "pool", "Point",
         "node", "next", "timeout", "x1", "string", "a-b", "aB", "main2", "tick", "slept", "text"]
DEPTH = 3
SEEDS = [1, 42, -7, -2**63, 2**31 - 1]


class Scenario:
    def __init__(self, rng, repeatable, number):
        self.rng = rng
        self.repeatable = repeatable
        self.number = number
        self.printed = False

    def maybe(self, chance=0.5):
        return self.rng.random() < chance

    def pick(self, *choices):
        return self.rng.choice(choices)

    def names(self, most, reserved=()):
        free = [name for name in NAMES if name not in reserved]
        return self.rng.sample(free, self.rng.randint(0, most))

    def range(self, low, high, unit=""):
        if self.maybe(0.3):
            return self.distribution(low, high, unit)
        a, b = sorted((self.rng.randint(low, high), self.rng.randint(low, high)))
        return f"{a}{unit}" if self.maybe(0.3) else [f"{a}{unit}", f"{b}{unit}"]

    def distribution(self, low, high, unit):
        middle = (low + high) // 2 + 1
        return self.pick(f"exponential {middle}{unit}", f"zipf 1.2 1 {high}{unit}",
                         f"zipf 3 2.5 {high}{unit}",
                         f"histogram 7 of {low}{unit}, 2 of {middle}{unit} to {high}{unit}")

    def time(self):
        return self.pick("1ms", "1s", "2m", "1m30s", "250us", "1.5s", "1h", "7ns")

    def sleep(self):
        if self.repeatable:
            return self.pick("1ms", ["0ms", "2ms"], "100us", 0, "exponential 1ms", "zipf 2 1 3ms",
                             "histogram 2 of 1ms, 1 of 1500us to 2ms")
        return self.pick(self.time(), "exponential 1m", "zipf 1.1 1 1h", ["0ms", "999ms"],
                         ["1s", "1m30s"], 0, ["500us", "2ms"])

    # Top level.

    def scenario(self):
        s = {"title": self.pick("A title", "Names: func, \"b\"", "ä + ö")}
        self.optional(s, "about", lambda: self.pick("One line", "+build ignore\n\nTwo\n", ""))
        self.optional(s, "model", lambda: "go1.1")
        self.optional(s, "gogc", lambda: self.pick("off", 50, 100, 0))
        self.optional(s, "seed", lambda: self.pick(1, 42, -7))
        self.optional(s, "noise", lambda: self.pick(0, 2, -1))
        self.optional(s, "duration", self.time)
        if self.repeatable:
            s["seed"] = SEEDS[self.number % len(SEEDS)]
            s["every"] = "1ms"
        else:
            self.optional(s, "every", lambda: self.pick("1s", "90s", "1us", "1.5s"))
        self.channels = [{"name": name, "capacity": self.pick(0, 1, 5)}
                         for name in self.names(3)]
        if self.channels:
            s["channels"] = self.channels
        self.types = self.some_types()
        if self.types:
            s["types"] = self.types
        self.variables = self.some_variables()
        if self.variables:
            s["variables"] = self.variables
        # A channel carries one kind of thing: so does the program of this generator, or nearly.
        self.kinds = {}
        for channel in self.channels:
            self.kinds[channel["name"]] = self.kind()
        s["goroutines"] = self.goroutines()
        if self.maybe(0.4):
            s["timeline"] = self.timeline()
        return s

    def optional(self, mapping, key, value, chance=0.4):
        if self.maybe(chance):
            mapping[key] = value()

    def kind(self):
        return self.pick(*(["bytes"] * 2 + [t["name"] for t in self.types]))

    # Types.

    def some_types(self):
        types = []
        for name in self.names(3):
            fields = [self.some_field(name, types, field) for field in self.names(6, [])]
            fields.append({"name": "left", "pointer": name, "nil": True})
            fields.append({"name": "right", "pointer": name, "nil": True})
            self.rng.shuffle(fields)
            types.append({"name": name, "fields": fields})
        return types

    def some_field(self, own, types, name):
        field = {"name": name}
        kind = self.pick("int", "bytes", "string", "append", "map", "pointer", "slice", "interface",
                         "chan")
        if kind == "int":
            field["int"] = True
        elif kind == "bytes":
            field["bytes"] = self.range(0, 3000, self.pick("", "B"))
        elif kind == "string":
            field["string"] = self.pick(self.range(0, 300), "2MiB", ["1kB", "2KiB"])
        elif kind in ("append", "map"):
            field[kind] = self.range(0, 60)
        elif kind == "chan":
            field["chan"] = self.range(0, 9)
        elif kind == "slice":
            field["slice"] = self.pick(own, *[t["name"] for t in types])
            field["length"] = 0 if field["slice"] == own else self.pick(2, [0, 3])
        else:
            made = [t["name"] for t in types]
            field[kind] = self.pick(own, *made)
            if field[kind] == own or self.maybe():
                field["nil"] = True
            elif self.maybe():
                field["nil"] = False
        return field

    # Variables of the program.

    def some_variables(self):
        variables = []
        for name in self.names(5, ["b"]):
            kind = self.pick("pointer", "slice", "map", "lru")
            variable = {"name": name, kind: self.kind()}
            if kind == "lru":
                variable["bound"] = self.pick(1, 3, 100)
            variables.append(variable)
        return variables

    def variable(self, *kinds):
        """The name of one that the goroutine can use; None."""
        names = [v["name"] for v in self.variables for kind in kinds if v.get(kind) == self.made]
        return self.pick(*names) if names else None

    def field(self, *kinds):
        """b.FIELD or slot.FIELD, for a field of such a kind; None."""
        if not self.makes:
            return None, None
        fields = [f for t in self.types if t["name"] == self.made for f in t["fields"]
                  for kind in kinds if kind in f]
        if not fields:
            return None, None
        field = self.pick(*fields)
        return f"{self.pick('b', 'slot') if self.picked else 'b'}.{field['name']}", field

    # Goroutines.

    def goroutines(self):
        if self.repeatable:
            return [self.group("main", True)]
        groups = []
        names = self.names(3, ["main"]) or ["worker"]
        if self.maybe(0.7):
            names.append("main")
        printer = self.pick(*names, None, None)
        for name in names:
            groups.append(self.group(name, name == printer))
        self.rng.shuffle(groups)
        return groups

    def group(self, name, prints):
        g = {"name": name}
        if name != "main" and not prints:
            self.optional(g, "count", lambda: self.rng.randint(1, 12))
        self.slots = self.rng.randint(1, 20) if self.maybe(0.8) else 0
        if self.slots or self.maybe():
            g["slots"] = self.slots
        self.made = self.kind()
        self.open = [c["name"] for c in self.channels if self.kinds[c["name"]] == self.made]
        self.prints = prints
        self.makes = self.maybe(0.9)
        if self.makes:
            g["make"] = self.make()
        self.picked = self.pushed = False
        # The list must have had something pushed, and a slot must be picked, before it is used.
        head = [{"key": self.pick(3, [0, 9])}]
        if self.slots:
            head.append({"pick": "slot"})
        if self.makes:
            head.append({"make": "it"})
            if self.maybe():
                head.append({"push": "list"})
                self.pushed = True
        self.picked = self.slots > 0
        loops = self.repeatable or self.maybe(0.85)
        if head or not loops:
            g["steps"] = (head + self.steps(0))
        if loops:
            loop = self.steps(0)
            loop.insert(self.rng.randint(0, len(loop)),
                        {"sleep": "1ms"} if self.repeatable else {"sleep": ["1ms", "2ms"]})
            g["loop"] = loop
            if prints:
                loop.append(self.print())
        elif prints:
            g["steps"].append(self.print())
        return g

    def make(self):
        if self.made == "bytes":
            make = {"bytes": self.range(1, 5000, self.pick("", "B"))}
            self.optional(make, "inline", lambda: self.pick(True, False))
            return make
        how = self.pick("new", "tree", "list", "graph")
        make = {how: self.made}
        if how == "tree":
            make["depth"] = self.rng.randint(0, 5)
        elif how in ("list", "graph"):
            make["length"] = self.range(1, 40)
        return make

    # Steps.

    def steps(self, depth):
        return [self.step(depth) for _ in range(self.rng.randint(1, 5))]

    def step(self, depth):
        while True:
            step = getattr(self, self.rng.choice(self.STEPS))(depth)
            if step is not None:
                return step

    STEPS = ["make_step", "get", "give", "put", "drop", "pick_step", "sleep_step", "chance",
             "if_step", "repeat", "send", "receive", "select", "push", "pop", "expire", "reset",
             "fill", "do", "gogc", "print_step", "key", "store", "load", "append", "delete",
             "shift",
             "range_step", "drop_variable", "store_field", "load_field", "append_field",
             "delete_field", "hold"]

    def make_step(self, _):
        return {"make": self.pick("b", "buffer")} if self.makes else None

    def get(self, _):
        return {"get": self.pick(*self.open)} if self.makes and self.open else None

    def from_(self, step, *sources):
        choices = [s for s in sources if s != "slot" or self.picked]
        if self.maybe() or not self.picked:
            step["from"] = self.pick(*choices)
        return step

    def give(self, _):
        return self.from_({"give": self.pick(*self.open)}, "slot", "b") if self.open else None

    def put(self, _):
        return {"put": "slot"} if self.picked else None

    def drop(self, _):
        return {"drop": self.pick("slot", "all", "b") if self.picked else "b"}

    def pick_step(self, _):
        return {"pick": "slot"} if self.slots else None

    def sleep_step(self, _):
        return {"sleep": self.sleep()}

    def chance(self, depth):
        if depth == DEPTH:
            return None
        step = {"chance": self.pick("50%", "1%", "1/3", "2/6"), "then": self.steps(depth + 1)}
        if self.maybe():
            step["else"] = self.steps(depth + 1)
        return step

    def condition(self):
        conditions = ["round <= 3", "round <= 100000"]
        if self.pushed:
            conditions.append("list is empty")
        if self.picked:
            conditions.append("slot is nil")
        if self.pushed:
            conditions.append("list is longer than 2")
        variable = self.variable("slice", "map", "lru")
        if variable:
            conditions += [f"{variable} is longer than 3"] * 2
        return self.pick("b is nil", *conditions)

    def if_step(self, depth):
        if depth == DEPTH:
            return None
        step = {"if": self.condition(), "then": self.steps(depth + 1)}
        if self.maybe():
            step["else"] = self.steps(depth + 1)
        return step

    def repeat(self, depth):
        if depth == DEPTH:
            return None
        return {"repeat": self.rng.randint(1, 4), "steps": self.steps(depth + 1)}

    def send(self, _):
        if self.repeatable or not self.open:
            return None
        step = {"send": self.pick(*self.open)}
        if self.maybe():
            step["from"] = self.pick("b", "slot") if self.picked else "b"
        return step

    def receive(self, _):
        return None if self.repeatable or not self.open else {"receive": self.pick(*self.open)}

    def select(self, depth):
        if not self.open or depth == DEPTH:
            return None
        if self.repeatable:  # nothing to choose from: the order of cases is Go's own secret
            return {"select": [self.case({"receive": self.pick(*self.open)}, depth),
                               self.case({"default": True}, depth)]}
        cases = []
        for _ in range(self.rng.randint(1, 3)):
            channel = self.pick(*self.open)
            if self.maybe():
                cases.append(self.case({"receive": channel}, depth))
            else:
                case = {"send": channel}
                sources = ["b"] + ["slot"] * self.picked + ["list"] * self.pushed
                if self.maybe(0.7):
                    case["from"] = self.pick(*sources)
                cases.append(self.case(case, depth))
        if self.maybe(0.6):
            last = self.pick({"after": self.pick("1ms", "1s", "1m30s")}, {"default": True})
            cases.append(self.case(last, depth))
        self.rng.shuffle(cases)
        return {"select": cases}

    def case(self, case, depth):
        if self.maybe():
            case["then"] = self.steps(depth + 1)
        return case

    def push(self, _):
        return {"push": "list"} if self.pushed else None

    def pop(self, _):
        return {"pop": self.pick("list", "back")} if self.pushed else None

    def expire(self, _):
        if not self.pushed:
            return None
        return {"expire": "1h" if self.repeatable else self.time()}

    def reset(self, _):
        return {"reset": self.pick("b", "slot") if self.picked else "b"}

    def fill(self, _):
        return {"fill": self.pick("b", "slot") if self.picked else "b"}

    def hold(self, _):
        return {"hold": self.sleep()}

    def key(self, _):
        return {"key": self.pick("next", 5, [0, 9], [3, 1000], "zipf 1.2 1 20")}

    def verb(self, verb, *kinds):
        variable = self.variable(*kinds)
        return {verb: variable} if variable else None

    def store(self, _):
        return self.verb("store", "pointer", "map", "lru")

    def load(self, _):
        return self.verb("load", "pointer", "map", "lru")

    def append(self, _):
        return self.verb("append", "slice")

    def delete(self, _):
        return self.verb("delete", "map")

    def shift(self, _):
        return self.verb("shift", "slice")

    def drop_variable(self, _):
        return self.verb("drop", "pointer", "slice", "map", "lru")

    def range_step(self, depth):
        # The order of a map's entries is Go's own secret; nothing may depend on it.
        variable = self.variable(*(["slice"] if self.repeatable else ["slice", "map"]))
        if not variable or depth == DEPTH:
            return None
        return {"range": variable, "steps": self.steps(depth + 1)}

    def store_field(self, _):
        place, field = self.field("pointer", "map")
        if not place:
            return None
        if "map" in field:
            return {"store": place}
        own = field["pointer"] == self.made
        sources = ["b"] * own + ["slot"] * (own and self.picked)
        sources += [v["name"] for v in self.variables if v.get("pointer") == field["pointer"]]
        return {"store": place, "from": self.pick(*sources)} if sources else None

    def load_field(self, _):
        place, field = self.field("pointer")
        return {"load": place} if place and field["pointer"] == self.made else None

    def append_field(self, _):
        place, _ = self.field("append", "slice")
        return {"append": place} if place else None

    def delete_field(self, _):
        place, _ = self.field("map")
        return {"delete": place} if place else None

    def do(self, _):
        return {"do": self.pick("gc", "free-os-memory")} if self.maybe(0.3) else None

    def gogc(self, _):
        return {"gogc": self.pick("off", 50, 0, 200)}

    def print(self):
        if self.repeatable:
            step = {"print": "memstats"}
        else:
            step = {"print": self.pick("memstats", "memstats", "objects",
                                       "tick, heap_sys, pool_bytes",
                                       "num_gc", "ms,makes")}
        if self.maybe():
            step["each"] = self.rng.randint(1, 3)
        return step

    def print_step(self, _):
        return self.print() if self.prints and self.maybe(0.3) else None

    # The timeline.

    def timeline(self):
        entries = []
        for _ in range(self.rng.randint(1, 5)):
            entry = {"at": self.pick(0, "1ms", "5m", "1s", "7ms")}
            kinds = [{"do": self.pick("gc", "free-os-memory")}, {"gogc": self.pick("off", 10)}]
            if self.channels and not self.repeatable:
                kinds.append({"resize": self.pick(*self.kinds), "to": self.rng.randint(0, 9)})
            entry.update(self.pick(*kinds))
            entries.append(entry)
        return entries


def main():
    directory, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    repeatable = sys.argv[4:] == ["repeatable"]
    for i in range(count):
        scenario = Scenario(random.Random(f"{seed}-{i}"), repeatable, i).scenario()
        with open(f"{directory}/{seed}-{i}.yaml", "w", encoding="utf-8") as out:
            json.dump(scenario, out, indent=1, ensure_ascii=False)
            out.write("\n")


main()

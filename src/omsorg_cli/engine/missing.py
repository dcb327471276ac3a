"""Which figures a plan leaves out, and which inputs they lack."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from omsorg_cli.core.discounting import RATES
from omsorg_cli.core.figure import Formula, Parameter, Role
from omsorg_cli.core.language import in_series, say
from omsorg_cli.engine.graph import Node, Plan
from omsorg_cli.engine.layout import level_of


class Left(NamedTuple):
    """A figure that is not calculated, and the inputs it lacks, as people read them."""

    node: Node
    lacks: str


class Lacks(NamedTuple):
    """Inputs that are not there: all of them are needed, or with `several`, there are several ways to do with some."""

    names: tuple[str, ...]
    several: bool = False

    def __str__(self) -> str:
        if self.several and len(self.names) > 1:
            return say("one or more of {names}", names=", ".join(self.names))
        *before, last = self.names or ("",)
        return say("{first} or {last}", first=", ".join(before), last=last) if before else last


NOTHING = Lacks(())


def _joined(parts: Sequence[Lacks], *, several: bool) -> Lacks:
    names = tuple(dict.fromkeys(name for part in parts for name in part.names))
    return Lacks(names, several or any(part.several for part in parts))


class Missing:
    """What is missing of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lacking: dict[Node, Lacks] = {}

    def left_out(self) -> Iterator[Left]:
        """Every figure that some formula would give, were its inputs there."""
        for calculator, item, point in self.plan.wanted():
            node = Node(calculator, item.figure, point)
            if node not in self.plan.slots and self._is_wanted(node) and self._touched(node, frozenset()):
                lacks = self._lacks(node, frozenset())
                if lacks.names:
                    yield Left(node, str(lacks))

    def _is_wanted(self, node: Node) -> bool:
        """Whether a formula of the figure is of what the scenario asks about."""
        formulas = self.plan.formulas_for(node)
        return not formulas or any(self._is_asked(node, item) for item in formulas)

    def _is_asked(self, node: Node, item: Formula) -> bool:
        """Whether one of the inputs is there without which the formula is of nothing."""
        layout = self.plan.layouts[node.calculator]
        return not item.only_with or any(layout.find(name, node.point) for name in item.only_with)

    def _is_ruled_out(self, node: Node, name: str) -> bool:
        """Whether the input is a rate that may not stand beside the other one, which is stated."""
        layout = self.plan.layouts[node.calculator]
        return name in RATES and any(layout.find(rate, node.point) for rate in RATES if rate != name)

    def lacks_of(self, node: Node, item: Formula) -> str:
        """What the formula lacks for the figure, in words; nothing where it does not apply."""
        return str(self._lacks_of(node, item, frozenset({node})))

    def _touched(self, node: Node, seen: frozenset[Node]) -> bool:
        """Whether anything that the figure needs in its row is there: else the row is not about it at all."""
        if node in self.plan.slots:
            return True
        seen |= {node}
        return any(
            self._touched_by(node, parameter, seen) for item in self._candidates(node) for parameter in item.parameters
        )

    def _touched_by(self, node: Node, parameter: Parameter, seen: frozenset[Node]) -> bool:
        role = parameter.role
        if role.series or role.to_date:
            wanted = self._once_for_all_years(node, parameter)
        else:
            target = self.plan.target(node, role)
            if target is None or parameter.name in self.plan.calculators[target.calculator].axes:
                return False
            wanted = [self._at_its_level(target, parameter.name)]
        for one in wanted:
            if one.figure not in self.plan.figure_levels[one.calculator]:
                given = self.plan.layouts[one.calculator].find(one.figure, one.point)
                if given is not None and given.point:
                    return True
            elif one not in seen and self._touched(one, seen):
                return True
        return False

    def _once_for_all_years(self, node: Node, parameter: Parameter) -> list[Node]:
        """The series with one year in the place of all."""
        return list({self._without_year(one): one for one in self.plan.series(node, parameter)}.values())

    def _at_its_level(self, target: Node, name: str) -> Node:
        """The figure of that name as far down as the target's point reaches."""
        return next(self.plan.holding(target, name), None) or Node(target.calculator, name, target.point)

    def _lacks(self, node: Node, seen: frozenset[Node]) -> Lacks:
        """The inputs without which nothing gives the figure; none where the figure does not apply."""
        if node in self.plan.slots or node in seen:
            return NOTHING
        key = self._without_year(node)
        if seen or key not in self._lacking:
            formulas = [item for item in self.plan.formulas_for(node) if not self._names_no_row(node, item)]
            ways = [way for item in formulas if (way := self._lacks_of(node, item, seen | {node})).names]
            ways = ways or [Lacks((name,)) for name in self._undecided(node)]
            if (ways or not formulas) and node.figure in self.plan.calculators[node.calculator].input_levels:
                ways.insert(0, Lacks((self._said(node.calculator, node.figure),)))
            found = _joined(ways, several=len(ways) > 1)
            if seen:
                return found
            self._lacking[key] = found
        return self._lacking[key]

    def _candidates(self, node: Node) -> Sequence[Formula]:
        """The formulas that hold; where none does yet, those that an input that is not there would choose between."""
        return self.plan.formulas_for(node) or (self.plan.formulas_at(node) if any(self._undecided(node)) else ())

    def _undecided(self, node: Node) -> Iterator[str]:
        """The inputs that would choose a formula, had they a value, where none holds without them."""
        if self.plan.formulas_for(node):
            return
        layout = self.plan.layouts[node.calculator]
        for name in dict.fromkeys(name for item in self.plan.formulas_at(node) for name in item.when):
            if layout.find(name, node.point) is None:
                yield self._said(node.calculator, name)

    def _lacks_of(self, node: Node, item: Formula, seen: frozenset[Node]) -> Lacks:
        if not self._is_asked(node, item) or any(self._is_ruled_out(node, p.name) for p in item.parameters):
            return NOTHING
        if any(p.role.if_there and p.role.calculator not in self.plan.calculators for p in item.parameters):
            return NOTHING
        parts: list[Lacks] = []
        for parameter in item.parameters:
            found = self.plan.fill(node, parameter)
            if found == ():
                if not item.table:
                    return NOTHING  # there are no such rows, so the formula does not apply
                parts.append(Lacks((say("the table [{table}]", table=item.table),)))
            elif found is None:
                parts.extend(self._lacks_for(node, parameter, seen))
        return _joined(parts, several=False)

    def _names_no_row(self, node: Node, item: Formula) -> bool:
        """Whether the formula takes what another row has and the row names none, so that it does not apply."""
        layout, levels = self.plan.layouts[node.calculator], self.plan.calculators[node.calculator].input_levels
        roles = (parameter.role for parameter in item.parameters if not parameter.role.series)
        names = (name for role in roles for name in role.at_input.values() if levels[name])
        return any(layout.find(name, node.point) is None for name in names)

    def _lacks_for(self, node: Node, parameter: Parameter, seen: frozenset[Node]) -> Iterator[Lacks]:
        role = parameter.role
        if role.series or role.to_date:
            for one in self._once_for_all_years(node, parameter):
                if one.figure in self.plan.figure_levels[node.calculator]:
                    yield self._lacks(one, seen)
                elif self.plan.exactly(one) is None:
                    yield Lacks((self._said(node.calculator, parameter.name),))
            return
        target = self.plan.target(node, role)
        if target is None:
            yield from self._unknown_rows(node, role)
            if role.calculator and role.calculator not in self.plan.calculators:
                yield Lacks((say("the table [{table}]", table=role.calculator),))
        elif parameter.name in self.plan.figure_levels[target.calculator]:
            yield self._lacks_there(target, parameter.name, seen)
        else:
            yield Lacks((self._said(target.calculator, parameter.name),))

    def _unknown_rows(self, node: Node, role: Role) -> Iterator[Lacks]:
        """The inputs that are to name a row of another table: not given, or naming one that is not there."""
        years = list(self._years_without(node, role))
        if years:
            yield Lacks((_said_years(years, str(role.calculator)),))
            return
        for name in role.at_input.values():
            given = self.plan.layouts[node.calculator].find(name, node.point)
            if given is None or role.calculator not in self.plan.calculators:
                yield Lacks((self._said(node.calculator, name),))
            else:
                row = "/".join(str(key) for key in (given.stated.value, *role.at.values()))
                yield Lacks((say("{row} in the table [{table}]", row=row, table=role.calculator),))

    def _years_without(self, node: Node, role: Role) -> Iterator[int]:
        """The years of the node's calculator that another's table does not reach, where one of them is looked for."""
        other = self.plan.calculators.get(role.calculator or "")
        if other is None or not other.horizon:
            return
        held, own = set(self.plan.layouts[other.name].years), self.plan.layouts[node.calculator]
        named = own.find(role.at_input["year"], node.point) if "year" in role.at_input else None
        year = dict(node.point).get("year") if named is None else int(named.stated.number)
        if isinstance(year, int) and year not in held:
            yield from sorted({*own.years, year} - held)

    def _lacks_there(self, target: Node, name: str, seen: frozenset[Node]) -> Lacks:
        node = self._at_its_level(target, name)
        level = level_of(node.point)
        if node.point not in self.plan.layouts[node.calculator].grouped(level, level):
            row = "/".join(str(key) for _, key in node.point if key != "")
            return Lacks((say("{row} in the table [{table}]", row=row, table=node.calculator),))
        return self._lacks(node, seen)

    def _said(self, calculator: str, name: str) -> str:
        """What people read for the input, with what a scenario calls it."""
        known = self.plan.calculators[calculator]
        label, called = say(known.label(name)), known.said.get(name, name)
        return called if label == called else say("{label} [{name}]", label=label, name=called)

    def _without_year(self, node: Node) -> Node:
        """The node as it is told: what is lacking does not differ from year to year of a horizon."""
        if not self.plan.calculators[node.calculator].horizon:
            return node
        return node._replace(point=tuple(pair for pair in node.point if pair[0] != "year"))


def _said_years(years: Sequence[int], table: str) -> str:
    """The years that a table does not have, as people read them."""
    if len(years) == 1:
        return say("the year {year} in the table [{table}]", year=str(years[0]), table=table)
    told = in_series([str(year) for year in years])
    return say("the years {years} in the table [{table}]", years=told, table=table)

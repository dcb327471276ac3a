"""The defaults that decide which formula gives a figure: with another value, another formula would."""

from collections.abc import Iterator

from omsorg_cli.core.figure import Formula, Parameter
from omsorg_cli.engine.graph import Node, Plan
from omsorg_cli.engine.layout import Input, restrict


def deciding_defaults(plan: Plan) -> Iterator[Input]:
    """Each default without which another formula, whose inputs are there, would have given a figure of the plan."""
    chosen = {
        (name, item.figure) for name, calculator in plan.calculators.items() for item in calculator.known if item.when
    }
    for node in [node for node in plan.slots if node[:2] in chosen]:
        for item in plan.formulas_at(node):
            ruled_out = list(_ruled_out_by(plan, node, item))
            if ruled_out and all(_is_there(plan, node, parameter) for parameter in item.parameters):
                yield from ruled_out


def _ruled_out_by(plan: Plan, node: Node, item: Formula) -> Iterator[Input]:
    """The defaults whose values the formula does not hold for."""
    layout = plan.layouts[node.calculator]
    for name, value in item.when.items():
        found = layout.find(name, node.point)
        if found is not None and found.stated.origin == "default" and found.stated.value != value:
            yield found


def _is_there(plan: Plan, node: Node, parameter: Parameter) -> bool:
    """Whether the plan has what the parameter takes."""
    if parameter.role.series or parameter.role.to_date:
        return all(plan.exactly(one) is not None for one in plan.series(node, parameter))
    target = plan.target(node, parameter.role)
    if target is None:
        return False
    if parameter.role.stated or parameter.name not in plan.figure_levels[target.calculator]:
        return plan.layouts[target.calculator].find(parameter.name, target.point) is not None
    levels = plan.figure_levels[target.calculator][parameter.name]
    return any(
        target._replace(figure=parameter.name, point=restrict(target.point, level)) in plan.slots for level in levels
    )

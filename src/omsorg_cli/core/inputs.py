"""Tables of inputs: models whose rows are told apart by keys, and what can be read off them."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple, Self, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from omsorg_cli.core.helpers import total
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.language import phrase, say, with_separators
from omsorg_cli.core.numbers import digit_step, number_text

TOLERANCE = 1e-9
"""By how much shares may miss their sum."""
COARSEST = 0.01
"""Digits above this are not taken as rounded, and all rounding together is no more than this."""


def refuse(faults: Iterable[tuple[Loc, str]]) -> None:
    """Raises, inside a model's validator, every fault that there is: where inside the model, and a sentence."""
    told = list(faults)
    if told:
        raise PydanticCustomError("unsound", "{faults}", {"faults": told})


class Whole(NamedTuple):
    """Parts of one whole: how they are called before "add up", where they stand, whether they must make all of it.

    Parts are shares, or amounts of an amount: `amounts` of `of`.
    """

    what: str
    loc: Loc
    shares: Sequence[Stated]
    exactly: bool = False
    hint: str = ""
    amounts: Sequence[Stated] = ()
    of: Stated | None = None

    @property
    def sum(self) -> float:
        """What the parts add up to, the whole being 1."""
        shares: float = total([share.number for share in self.shares])
        amounts: float = total([amount.number for amount in self.amounts])
        return shares + (amounts / self.size if amounts and self.size else math.inf if amounts else 0)

    @property
    def size(self) -> float:
        """The whole: 1, or the amount that the amounts are parts of."""
        return 1 if self.of is None else self.of.number

    @property
    def rounding(self) -> float:
        """By how much the sum may miss because the parts are printed with few digits: half of each last digit."""
        amounts = [*self.amounts, self.of] if self.of is not None and self.size else []
        parts = [*((share, 1.0) for share in self.shares), *((amount, self.size) for amount in amounts)]
        stated = sum(part.rounded_to / 2 / size for part, size in parts if part.rounded_to)
        steps = (digit_step(part.typed) / size for part, size in parts if not part.rounded_to)
        return stated + min(COARSEST, sum(step / 2 for step in steps if step <= COARSEST * (1 + TOLERANCE)))

    @property
    def is_rounded(self) -> bool:
        """Whether the parts miss the whole, by no more than their rounding."""
        return self._has_parts and TOLERANCE < abs(self.sum - 1) <= self.rounding + TOLERANCE

    @property
    def _has_parts(self) -> bool:
        return bool(self.shares or self.amounts)

    @property
    def is_of_several_years(self) -> bool:
        """Whether its amounts are in the prices of different years, so that they cannot be added up as they stand."""
        return len({one.price_year for one in (*self.amounts, self.of) if one is not None}) > 1

    def converted(self, change: Callable[[Stated], float]) -> "Whole":
        """The same whole in the prices of one year: each amount times the change in prices to it."""
        assert self.of is not None
        whole, *amounts = (one._replace(value=one.number * change(one)) for one in (self.of, *self.amounts))
        return self._replace(of=whole, amounts=amounts)

    @property
    def fault(self) -> str:
        """What is wrong with the sum; nothing where it fits, or would without rounding."""
        off = abs(self.sum - 1) if self.exactly else self.sum - 1
        if not self._has_parts or off <= TOLERANCE or self.is_rounded:
            return ""
        if self.amounts:
            added = [one.number * self.size for one in self.shares] + [one.number for one in self.amounts]
            told = {"what": say(self.what), "found": number_text(total(added)), "whole": number_text(self.size)}
            return say("found {what} add up to {found} of {whole}; allowed: at most all of it", **told)
        told = {"what": say(self.what), "found": with_separators(f"{self.sum:.6g}")}
        if self.exactly:
            return say("found {what} add up to {found}; allowed: 1", **told)
        return say("found {what} add up to {found}; allowed: at most 1{hint}", hint=say(self.hint), **told)

    @property
    def remark(self) -> str:
        """What is said of a sum that is whole only within the rounding of its parts."""
        told = {"what": say(self.what), "number": number_text(self.sum * 100)}
        return say("{what} add up to {number}%: a whole within their rounding.", **told)


class Inputs(BaseModel):
    """A table of inputs: what is not given is None; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)

    def wholes(self) -> Iterator[Whole]:
        """The shares in this table, or in its rows, that make a whole together."""
        yield from ()

    def faults_of_shares(self) -> Iterator[tuple[Loc, str]]:
        """Each sum of parts that is not what it must be; where they must be converted first, who converts them asks."""
        found = (whole for whole in self.wholes() if not whole.is_of_several_years)
        return ((whole.loc, whole.fault) for whole in found if whole.fault)


def every_whole(model: Inputs, path: str) -> Iterator[tuple[str, Whole]]:
    """The shares that make a whole together, of the table and of every row below it, each with its path."""
    for whole in model.wholes():
        yield ".".join((path, *map(str, whole.loc))), whole
    for name, table in tables(type(model)).items():
        held = getattr(model, name)
        for index, (key, row) in enumerate(held.items() if table.named else enumerate(held)):
            said = str(key) if table.named else row_text(table, vars(row), index)
            yield from every_whole(row, f"{path}.{aliases(type(model))[name]}.{said}")


CHECKED = "rows are checked"
"""What the context of a validation says where rows that were validated need not be again."""
MOST_FORMS = 8
"""Ways to fill in a row that are all named where none of them is taken."""


def _unless_checked(data: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    return data if isinstance(data, Row) and (info.context or {}).get(CHECKED) else validate(data)


class Row(Inputs):
    """A table that may stand many times.

    Its `keys` tell the rows apart, `forms` are the ways to fill it in, `optional` what a first scenario does without.
    """

    keys: ClassVar[tuple[str, ...]] = ()
    forms: ClassVar[tuple[tuple[str, ...], ...]] = ()
    optional: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How a row is validated: one that was, as it is, where that is said."""
        return core_schema.with_info_wrap_validator_function(_unless_checked, handler(source))

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        """Exactly one of the forms: a figure that comes about in two ways is an error, and so is one that does not."""
        if not self.forms:
            return self
        among = dict.fromkeys(name for form in self.forms for name in form)
        given = tuple(name for name in among if name in self.model_fields_set)
        if given not in {tuple(name for name in among if name in form) for form in self.forms}:
            raise PydanticCustomError("form", "{faults}", {"faults": [((), self._wrong_form(given))]})
        return self

    def _wrong_form(self, given: tuple[str, ...]) -> str:
        """What is wrong with the inputs given: of many ways, only the nearest is named."""
        names, none = aliases(type(self)), say("none of them")
        said = {form: " + ".join(names[name] for name in form) or none for form in self.forms}
        found = " + ".join(names[name] for name in given) or none
        if len(said) <= MOST_FORMS:
            return say("found {found}; allowed is exactly one of: {ways}", found=found, ways="; ".join(said.values()))
        nearest = said[min(said, key=lambda form: (len({*form} ^ {*given}), len(form)))]
        told = phrase("found {found}; allowed is exactly one of {number} ways, the nearest of which is {nearest}")
        return say(told, found=found, number=len(said), nearest=nearest)


class Table(NamedTuple):
    """A field that holds rows: a list told apart by keys or place, or a table of names."""

    row: type[Row]
    named: bool
    axes: tuple[str, ...]


@cache
def tables(model: type[Inputs]) -> dict[str, Table]:
    """The fields of the model that hold rows, by the name of the field."""
    found = {}
    for name, field in model.model_fields.items():
        origin = get_origin(field.annotation)
        if origin in (list, dict):
            row = get_args(field.annotation)[-1]
            singular = name.removesuffix("s")
            found[name] = Table(row, origin is dict, row.keys or (singular,))
    return found


@cache
def kinds(model: type[Inputs]) -> dict[str, Kind]:
    """What each input of the model may be, by the name of the field."""
    return {
        name: kind for name, field in model.model_fields.items() for kind in field.metadata if isinstance(kind, Kind)
    }


@cache
def aliases(model: type[Inputs]) -> dict[str, str]:
    """The key in the scenario for each field of the model."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


@cache
def _keys_of(row: type[Row]) -> tuple[tuple[str, Any], ...]:
    """What the keys of a row are called in the scenario, each with what it is where nothing is said."""
    fields, names = row.model_fields, aliases(row)
    return tuple((names[key], fields[key].default) for key in row.keys)


def row_text(table: Table, row: Mapping[str, Any], index: int) -> str:
    """What paths call the row: its keys, or its place."""
    if not table.row.keys:
        return str(index)
    parts = (row.get(name, default) for name, default in _keys_of(table.row))
    texts = [str(part) for part in parts if isinstance(part, str | int) and part != ""]
    return "/".join(texts) or str(index)

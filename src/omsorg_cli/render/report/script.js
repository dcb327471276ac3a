"use strict";
(() => {
  const data = JSON.parse(document.getElementById("run").textContent);
  const {formulas, steps, inputs} = data.program, words = data.words;
  const start = {}, now = {}, place = {}; // a step by what marks call it
  data.program.slots.reduce((slot, gap, at) => { place[slot + gap] = at; return slot + gap; }, 0);

  // ---- the steps, taken again
  const infix = {
    "+": (a, b) => a + b, "−": (a, b) => a - b, "×": (a, b) => a * b, "÷": (a, b) => a / b, "^": (a, b) => a ** b,
    ">": (a, b) => a > b, "<": (a, b) => a < b, ">=": (a, b) => a >= b, "<=": (a, b) => a <= b,
  };
  const sum = (list) => { // with what rounding loses put back, as exact sums do
    let whole = 0, lost = 0;
    for (const one of list) {
      const next = whole + one;
      lost += Math.abs(whole) >= Math.abs(one) ? whole - next + one : one - next + whole;
      whole = next;
    }
    return whole + lost;
  };
  const quantile = (list, share) => {
    const ordered = [...list].sort((a, b) => a - b), place = (ordered.length - 1) * share, below = Math.floor(place);
    return ordered[below] + (place - below) * (ordered[Math.min(below + 1, ordered.length - 1)] - ordered[below]);
  };
  const rounded = (value, decimals) => {
    const scale = 10 ** decimals;
    return Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5 + 1e-9) / scale;
  };
  const overSeries = {
    total: sum, smallest: (list) => Math.min(...list), largest: (list) => Math.max(...list),
    count: (list) => list.length, mean: (list) => sum(list) / list.length,
  };
  const named = {
    ratio: (a, b) => (b === 0 ? null : a / b), maximum: (a, b) => Math.max(a, b), minimum: (a, b) => Math.min(a, b),
    rounded, rounded_up: (value) => Math.ceil(value - 1e-9),
    where: (test, then, otherwise) => (test ? then : otherwise),
    annuity: (sum_, rate, years) => (rate === 0 ? sum_ / years : (sum_ * rate) / -Math.expm1(-years * Math.log1p(rate))),
    annuity_value: (pay, rate, years) => (rate === 0 ? pay * years : (pay * -Math.expm1(-years * Math.log1p(rate))) / rate),
  };
  const lengthOf = (part, given) => { // of the series in an expression; 0 where it has none
    if (Array.isArray(part)) return Math.max(0, ...part.slice(1).map((one) => lengthOf(one, given)));
    if (part !== null && typeof part === "object") {
      if ("p" in part) return Array.isArray(given[part.p]) ? given[part.p].length : 0;
      return Math.max(0, ...part.l.map((one) => lengthOf(one, given)));
    }
    return 0;
  };
  const series = (part) => { // what gives the series that a part is, from what a step is given
    if ("p" in part) return (given) => (Array.isArray(given[part.p]) ? given[part.p] : [given[part.p]]);
    const terms = part.l.map(compiled);
    return (given) => part.l.flatMap((one, index) => {
      const length = lengthOf(one, given);
      return length ? Array.from({length}, (_, at) => terms[index](given, at)) : [terms[index](given)];
    });
  };
  const compiled = (part) => { // what gives the value of an expression, and of a term of a series at its place
    if (part === null || typeof part !== "object") return () => part;
    if ("p" in part) return (given, at) => (at !== undefined && Array.isArray(given[part.p]) ? given[part.p][at] : given[part.p]);
    const [sign, first, second] = part;
    if (sign in overSeries) { const list = series(first); return (given) => overSeries[sign](list(given)); }
    if (sign === "quantile") { const list = series(first), share = compiled(second); return (given) => quantile(list(given), share(given)); }
    if (sign === "weighted_mean") {
      const levels = series(first), weights = series(second);
      return (given) => { const each = weights(given); return sum(levels(given).map((one, at) => one * each[at])) / sum(each); };
    }
    if (sign === "rank") { const own = compiled(first), list = series(second); return (given) => 1 + list(given).filter((one) => one > own(given)).length; }
    if (sign === "sum_of_largest") {
      const list = series(first), most = compiled(second);
      return (given) => sum([...list(given)].sort((a, b) => b - a).slice(0, Math.max(0, Math.trunc(most(given)))));
    }
    if (sign === "reached") {
      const keys = series(first), amounts = series(second), [limit, otherwise] = part.slice(3).map(compiled);
      return (given) => {
        const beside = amounts(given), held = keys(given).map((key, at) => [key, beside[at]]).sort((a, b) => a[0] - b[0]);
        let added = 0;
        const at = held.findIndex(([key, one], place) => ((added += one), added > limit(given) && key !== held[place + 1]?.[0]));
        return at < 0 ? otherwise(given) : held[at][0];
      };
    }
    const sides = part.slice(1).map(compiled), taken = infix[sign] || named[sign];
    return (given, at) => {
      const told = sides.map((one) => one(given, at));
      return sign !== "where" && told.includes(null) ? null : taken(...told);
    };
  };
  const programs = formulas.map(compiled);
  const take = (step, values) => {
    const given = [];
    for (let at = 1; at < step.length; at++) {
      const one = Array.isArray(step[at]) ? step[at].map((use) => values[use]) : values[step[at]];
      if (one === null || (Array.isArray(one) && one.includes(null))) return null;
      given.push(one);
    }
    const found = programs[step[0]](given);
    return typeof found === "number" && !Number.isFinite(found) ? null : found;
  };
  const run = (changed) => {
    const values = [];
    steps.forEach((step, at) => values.push(at in changed ? changed[at] : Array.isArray(step) ? take(step, values) : step));
    return values;
  };
  const uses = steps.map((step) => (Array.isArray(step) ? step.slice(1).flat() : []));
  const between = (inputs, targets) => { // the steps that rest on an input and that a target rests on, in order
    const needed = new Set(targets), touched = new Set(inputs), found = [];
    for (let at = steps.length - 1; at >= 0; at--) if (needed.has(at)) uses[at].forEach((use) => needed.add(use));
    steps.forEach((_, at) => { if (needed.has(at) && !touched.has(at) && uses[at].some((use) => touched.has(use))) { touched.add(at); found.push(at); } });
    return found;
  };
  const tried = (values, held, rest) => { // the values where some inputs are held, by their steps
    const trial = values.slice();
    for (const [input, one] of held) trial[input] = one;
    for (const at of rest) trial[at] = take(steps[at], trial);
    return trial;
  };
  const ends = data.ends ? data.ends.rows.map(([input, low, high]) => ({input, low, high, steps: between([input], [data.ends.of])})) : [];
  const atEnds = (values) => ends.map(({input, low, high, steps: rest}) => [low, high].map((end) => tried(values, [[input, end]], rest)[data.ends.of]));
  const cases = (ranged) => { // the assumptions at their ends: every combination, or of many each on its own
    const each = ranged.map(([input, ...sides]) => sides.map((end) => [input, end]));
    if (each.length > data.together) return each.flat().map((one) => [one]);
    return each.reduce((found, sides) => found.flatMap((held) => sides.map((one) => [...held, one])), [[]]);
  };
  const bandOf = (at, targets, values) => { // the least and the most of each target in these cases
    const held = data.bands[at], rest = held.rest ??= between(held.map(([input]) => input), targets);
    const found = [values, ...(held.cases ??= cases(held)).map((one) => tried(values, one, rest))];
    return targets.map((target) => found.map((one) => one[target]).filter((one) => one !== null)).map((list) => (list.length ? [Math.min(...list), Math.max(...list)] : [0, 0]));
  };

  // ---- numbers as people say them, by the templates of the page's language
  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const fill = (template, told) => template.replace(/\{(\w+)\}/g, (_, name) => told[name]);
  const fixed = (size, decimals) => (size * (1 + 1e-15)).toFixed(decimals); // what lies halfway goes up, as in the program
  const digits = (size, most) => { // the same, to so many significant digits
    if (size === 0) return 0;
    const steps = Number(size.toExponential().split("e")[1]) - most + 1;
    return steps > 0 ? Number(fixed(size / 10 ** steps, 0)) * 10 ** steps : Number(fixed(size, -steps));
  };
  const plainNumber = (size, decimals) => {
    const [whole, rest] = fixed(size, decimals).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.separators[0]);
    return rest ? grouped + words.separators[1] + rest : grouped;
  };
  const number = (size, decimals = 0) => {
    const said = plainNumber(Math.abs(size), decimals);
    return size < 0 && /[1-9]/.test(said) ? fill(words.minus, {number: said}) : said;
  };
  const isNothing = (said) => { const found = /\d[\d.,\s]*/.exec(said); return !found || !/[1-9]/.test(found[0]); };
  const hundredths = (share) => {
    const whole = Math.sign(share) * Number(fixed(Math.abs(share * 100), 1));
    return number(whole, whole === Math.trunc(whole) ? 0 : 1);
  };
  const percent = (share) => fill(words.percent, {number: hundredths(share)});
  const decimalsOf = (size) => (Math.abs(size) < 100 && size !== Math.trunc(size) ? 1 : 0);
  const significant = (size) => {
    const text = digits(Math.abs(size), 4).toString().replace(".", words.separators[1]);
    return size < 0 ? fill(words.minus, {number: text}) : text;
  };
  const separated = (text) => { // thousands apart, and the language's decimal sign
    const [whole, rest] = text.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, words.separators[0]) + (rest === undefined ? "" : words.separators[1] + rest);
  };
  const general = (size) => { // six significant digits
    const short = digits(size, 6);
    return short !== 0 && (short < 1e-4 || short >= 1e6) ? short.toExponential().replace(/([-+])(\d)$/, "$10$2") : short.toString();
  };
  const everyDigit = (one) => {
    const size = Math.abs(one);
    let text = size < 1000 ? general(size) : fixed(size, 2).replace(/\.00$/, "");
    const [whole, rest = ""] = text.split(".");
    if (rest.length === 3 && whole !== "0" && !text.includes("e")) text = fixed(size, size >= 100 ? 2 : 4);
    return (one < 0 ? "−" : "") + separated(text);
  };
  const inKroner = (text) => (text === "1" ? words.oneKrone : fill(words.kroner.at(-1)[3], {number: text}));
  const precise = (one, unit, most) => { // so many significant digits, to be given back as an input
    const inPercent = unit === "share" || unit === "rate/year", size = digits(Math.abs(inPercent ? one * 100 : one), most);
    const text = size.toString(), [whole, rest = ""] = text.split(".");
    const full = separated(rest.length === 3 && !inPercent && whole !== "0" ? text + "0" : text);
    if (inPercent) return per(fill(words.percent, {number: full}), unit);
    if (unit === "ratio" || unit === "index" || unit === "") return full;
    if (unit.startsWith("NOK")) return per(inKroner(full), unit);
    return per(fill((words.counted[unit.split("/")[0]] || Array(2).fill("{number} " + unit.split("/")[0]))[full === "1" ? 0 : 1], {number: full}), unit);
  };
  const exact = (one, unit) => {
    if (typeof one === "boolean" || unit === "yes or no") return one ? words.yes : words.no;
    if (unit === "share" || unit === "rate/year") return per(fill(words.percent, {number: everyDigit(digits(one * 100, 12))}), unit);
    const text = unit === "year" || unit === "" ? (one < 0 ? "-" : "") + general(Math.abs(one)) : everyDigit(one);
    return unit in words.exact ? fill(words.exact[unit][Math.abs(one) === 1 ? 0 : 1], {number: text}) : text;
  };
  const month = (one) => one >= words.beyond[0] ? words.beyond[1] : fill(words.months[Math.trunc(one) % 12], {year: String(Math.floor(Math.trunc(one) / 12)).padStart(4, "0")});
  const said = {
    "share": percent, "ratio": percent, "rate/year": (one) => fill(words.yearly, {amount: percent(one)}),
    "year": (one) => one.toFixed(0), "month": (one) => one.toFixed(0), "index": significant,
    "yes or no": (one) => (one ? words.yes : words.no), "rank": (one) => fill(words.rank, {number: significant(one)}),
  };
  const kroner = (size, decimals) => {
    const [, scale, places, template] = words.kroner.find((one) => Math.abs(size) >= one[0]);
    const text = number(size / scale, scale === 1 ? decimals(size / scale) : places);
    return scale === 1 ? inKroner(text) : fill(template, {number: text});
  };
  const counted = (size, unit, decimals) => {
    const noun = unit.split("/")[0], [one, many] = words.counted[noun] || ["{number} " + noun, "{number} " + noun];
    return fill(size === 1 ? one : many, {number: number(size, decimals)});
  };
  const size = (one, unit) => {
    if (unit in said) return said[unit](one);
    return unit.startsWith("NOK") ? kroner(one, decimalsOf) : counted(one, unit, unit === "FTE" ? 1 : decimalsOf(one));
  };
  const per = (text, unit) => (unit in words.per ? fill(words.per[unit], {amount: text}) : text);
  const amount = (one, unit) => (unit in said ? size(one, unit) : per(size(one, unit), unit));
  const stated = (one, unit) => { // of kroner in a scale at least three figures, where there are as many
    if (!unit.startsWith("NOK") || Math.abs(one) < 999500 || Math.abs(one) >= 1e7) return amount(one, unit);
    const two = Number(fixed(one / 1e6, 2)), [, , , template] = words.kroner.find((row) => row[1] === 1e6);
    return per(fill(template, {number: number(one / 1e6, Math.abs((two * 10) % 1) < 1e-9 || Math.abs((two * 10) % 1) > 1 - 1e-9 ? 1 : 2)}), unit);
  };
  const prose = (one, unit) => {
    if (unit in said) return said[unit](Math.abs(one));
    const whole = Math.abs(one) < 1000 ? Math.abs(one) : digits(Math.abs(one), 3);
    if (unit.startsWith("NOK")) {
      const [, scale, , template] = words.kroner.find((row) => whole >= row[0]);
      const places = scale > 1 ? Math.max(0, 3 - String(Math.trunc(whole / scale)).length) : decimalsOf(whole);
      return per(fill(template, {number: number(whole / scale, places)}), unit);
    }
    if (whole < 1e6) return per(counted(whole, unit, decimalsOf(whole)), unit);
    const text = number(whole / 1e6, Math.max(0, 3 - String(Math.trunc(whole / 1e6)).length)), nouns = words.counted[unit.split("/")[0]];
    return per(fill(nouns ? nouns[1] : "{number} " + unit.split("/")[0], {number: fill(words.million, {number: text})}), unit);
  };
  const saving = (one, unit) => {
    const text = size(Math.abs(one), unit);
    return isNothing(text) ? words.nothing : fill(one > 0 ? words.saves : words.costs, {amount: text});
  };
  const either = (one, text, templates) => fill(templates[isNothing(text) ? 2 : one > 0 ? 0 : 1], {amount: text});
  const points = (one, templates) => either(one, fill(words.points, {points: number(Math.abs(one) * 100, 1)}), templates);
  const step = (one, unit) => {
    const text = size(Math.abs(one), unit);
    if (!words.many.includes(unit.split("/")[0]) || isNothing(text)) return either(one, text, words.more);
    const [single, many] = words.counted[unit.split("/")[0]], howMany = number(Math.abs(one), unit === "FTE" ? 1 : decimalsOf(Math.abs(one)));
    return fill(Math.abs(one) === 1 ? single : many, {number: fill(words.moreCounted[one > 0 ? 0 : 1], {number: howMany})});
  };
  const threeFigures = (one) => (Math.abs(one) < 1000 ? one : Math.sign(one) * digits(Math.abs(one), 3));
  const positive = (one) => (one > 0 ? percent(one) : null);
  const times = (one) => fill(words.times, {number: number(one, 2)});
  const asNoun = (one, unit, kind) => { // in the words of its kind of money
    const whole = Math.abs(one) >= 1e6 ? one : threeFigures(one), text = size(Math.abs(whole), unit), templates = words.noun[kind - 1];
    return isNothing(text) ? templates[2] : per(either(whole, text, templates), unit);
  };
  const ways = {
    "excess": (share) => { const text = percent(Math.abs(share)); return share < 0 && !isNothing(text) ? fill(words.above[1], {amount: text}) : text; },
    "freed": (one, unit) => { const text = ways.number(Math.abs(one), unit); return one > 0 || isNothing(text) ? text : fill(words.needed, {amount: text}); },
    "rounded": (one) => { const size = Math.abs(one) < 1000 ? Math.abs(one) : digits(Math.abs(one), 3); return number(size, decimalsOf(size)); },
    "rounded_any": (one, unit) => (isNothing(ways.rounded(one, unit)) ? null : ways.rounded(one, unit)),
    "level": (one, unit, scale, kind) => (one < 0 ? asNoun(one, unit, kind || 1) : amount(one, unit)),
    "beyond_one": (one) => percent(Math.abs(one - 1)), "spelled_any": (one, unit) => (one > 0 ? ways.spelled(one, unit) : null),
    "fewer": (one, unit) => step(-one, unit), "step": step,
    "changed": (one, unit) => either(one, size(Math.abs(one), unit), words.changed),
    "higher_by": (one, unit) => either(one, size(Math.abs(one), unit), words.higher),
    "higher": (one, unit) => either(one, ways.bare(one, unit), words.higher),
    "gains": (one, unit) => either(one, amount(Math.abs(one), unit), words.gains),
    "change": (one) => either(one, percent(Math.abs(one)), words.up), "points": (one) => points(one, words.up),
    "apart": (one, unit) => (unit === "share" ? points(one, words.higher) : ways.above(one, unit)),
    "rises": (one, unit) => (unit === "share" ? points(one, words.up) : either(one, size(words.withoutHalves.includes(unit) ? Math.round(Math.abs(one)) : Math.abs(one), unit), words.up)),
    "positive": positive, "break_even": (one) => positive(one) || words.never, "possible": (one) => (one <= 1 ? percent(one) : null), "times": times,
    "several": (one, unit) => (one > 1 ? ways.spelled(one, unit) : null), "numeral": (one) => (one > 1 ? words.numerals[one - 2] || number(one) : null),
    "if_all": (one) => (one === 1 ? "" : null), "if_any": (one) => (one > 0 ? "" : null), "if_none": (one) => (one === 0 ? "" : null),
    "if_share": (one, unit) => (unit === "share" ? "" : null), "unless_whole": (one) => (percent(one) === percent(1) ? null : percent(one)),
    "place": (one) => words.ordinals[one - 1] || fill(words.fromTheTop, {number: number(one, decimalsOf(one))}),
    "any": (one, unit) => { const text = amount(one, unit); return isNothing(text) ? null : text; },
    "scaled_more": (one, unit, scale) => either(one, number(Math.abs(one) / scale, scale > 1 ? 1 : 0), words.higher),
    "scaled_size": (one, unit, scale) => ways.scaled(Math.abs(one), unit, scale, 0),
    "scaled_taken": (one, unit, scale) => ways.scaled_more(-one, unit, scale),
    "": amount, "prose": prose, "some": (one, unit) => (one > 0 ? prose(one, unit) : null), "sum": (one, unit) => prose(one, unit.split("/")[0]),
    "saves": (one, unit) => (isNothing(size(Math.abs(one), unit)) ? words.nothing : per(saving(one, unit), unit)),
    "saving": saving, "short": size, "size": (one, unit) => amount(Math.abs(one), unit),
    "above": (one, unit) => either(one, size(Math.abs(one), unit), unit in said ? words.higher : words.above),
    "more": (one, unit) => (isNothing(size(Math.abs(one), unit)) ? words.nothing : unit in said ? step(one, unit) : per(step(one, unit), unit)),
    "net": (one, unit, scale) => { const text = ways.scaled(Math.abs(one), unit, scale); return one < 0 && !isNothing(text) ? fill(words.saves, {amount: text}) : text; },
    "exact": exact, "month": month, "figures": everyDigit,
    "exactly": (one, unit) => precise(Math.abs(one), unit, Math.abs(one) < 100 ? 3 : Math.max(4, fixed(Math.abs(one), 0).length)), "input": (one, unit) => inputText(one, unit),
    "in_points": (one) => { const text = hundredths(Math.abs(one)); return text === "1" ? words.point : fill(words.percentagePoints, {points: text}); },
    "counted": (one) => (Number.isInteger(one) ? number(one) : fill(words.about, {number: number(one)})),
    "about": (one, unit) => (Number.isInteger(one) ? amount(one, unit) : fill(words.about, {number: amount(Math.sign(one) * Math.round(Math.abs(one)), unit)})),
    "spelled": (one, unit) => {
      if (one === 1 && unit in words.one) return words.one[unit];
      const word = Number.isInteger(one) && words.numerals[one - 2], nouns = words.counted[unit.split("/")[0]];
      return word ? per(fill(nouns ? nouns[1] : "{number} " + unit.split("/")[0], {number: word}), unit) : amount(one, unit);
    },
    "bare": (one, unit) => ways.number(Math.abs(one), unit), "of_year": (one, unit) => number(one, words.withoutHalves.includes(unit) && Math.abs(one) >= 100 ? 0 : 1),
    "number": (one, unit) => number(one, unit === "FTE" ? 1 : 0), "number1": (one) => number(one, 1), "whole": (one) => number(one),
    "percent": percent, "share": (one) => percent(Math.abs(one)),
    "aside": (one, unit) => { const text = prose(one, unit); return isNothing(text) ? "" : `(${text})`; },
    "scaled": (one, unit, scale, kind) => {
      if (!unit.startsWith("NOK")) return number(one, 1);
      const text = number((kind ? Math.abs(one) : one) / scale, scale > 1 ? 1 : 0);
      return kind ? either(one, text, words.inScale[kind - 1]) : text;
    },
  };

  const inputText = (one, unit) => { // as the program says an input: a ratio is no share of anything
    if (unit === "month") return month(one);
    const size = Math.abs(one);
    const text = unit === "share" || unit === "rate/year" ? percent(size)
      : unit === "ratio" || unit === "index" ? digits(size, 6).toString().replace(".", words.separators[1]) : stated(size, unit);
    return one < 0 ? fill(words.minus, {number: text}) : text;
  };

  // ---- what the page shows
  const stepOf = (node) => place[node.dataset.slot];
  const inSentence = (node) => !(node instanceof SVGElement) && !node.closest(".tree") && node.closest("p:not(.reason), .answer, .beside, li") !== null;
  const sentenceOf = (node) => (inSentence(node) ? node.closest("[data-side], p, li") : null);
  const sayings = [...document.querySelectorAll("[data-say]")].map((node) => {
    const [key, way] = node.dataset.say.split("."), [name, unit, scale, either] = data.ways[way];
    const end = /^[LH]/.test(key) ? [Number(key.slice(1)), key[0] === "L" ? 0 : 1] : null;
    const asRead = inSentence(node) ? (text) => text.replaceAll(...words.percentSigns) : (text) => text;
    return {node, end, before: undefined, isLost: false, sentence: sentenceOf(node), step: place[key], name, unit, scale, either, asRead, coloured: either && !words.levels.includes(either) && !(node instanceof SVGElement)};
  });
  const sentences = new Set(sayings.map((saying) => saying.sentence).filter((sentence) => sentence !== null));
  const sides = [...document.querySelectorAll("[data-side]")], pictures = [...document.querySelectorAll("svg.picture[data-kind]")];
  const show = (values) => {
    const found = atEnds(values);
    for (const saying of sayings) {
      const {node, end, step: at, name, unit, scale, either, asRead, coloured} = saying, one = end ? found[end[0]][end[1]] : values[at];
      if (one === saying.before) continue;
      saying.before = one;
      const answer = one === null ? null : ways[name](one, unit, scale, either), text = asRead(answer ?? words.none);
      saying.isLost = answer === null;
      if (node.textContent !== text) node.textContent = text;
      if (coloured) {
        node.classList.toggle("good", one > 0);
        node.classList.toggle("bad", one < 0);
      }
    }
    for (const node of sides) {
      const one = values[stepOf(node)];
      const side = one === null || isNothing(amount(Math.abs(one), node.dataset.unit)) ? 2 : one > 0 ? 0 : 1;
      node.hidden = side !== Number(node.dataset.side);
    }
    const lost = new Set(sayings.filter((saying) => saying.isLost).map((saying) => saying.sentence));
    for (const sentence of sentences) { // without its figure it says nothing
      if (lost.has(sentence)) sentence.hidden = true;
      else if (!("side" in sentence.dataset)) sentence.hidden = false;
    }
    for (const picture of pictures) {
      if (picture.dataset.kind === "ends") drawEnds(picture, found, values[data.ends.of]);
      else (picture.dataset.kind === "together" ? drawTogether : draw)(picture, values);
    }
  };
  const set = (node, told) => Object.entries(told).forEach(([name, one]) => node.setAttribute(name, one));
  const drawEnds = (picture, found, now_) => { // the input that matters most first, in the picture, its table and its title
    const plot = picture.querySelector("g[data-of]");
    if (!plot) return;
    const known = found.flat().filter((one) => one !== null), all = now_ === null ? known : [...known, now_], low = Math.min(...all), high = Math.max(...all);
    const left = Number(plot.dataset.left), each = high > low ? Number(plot.dataset.room) / (high - low) : 0, x = (one) => left + (one - low) * each;
    const weight = ([one, other]) => (one === null || other === null ? Infinity : Math.abs(other - one));
    const order = found.map((_, at) => at).sort((a, b) => weight(found[b]) - weight(found[a]) || a - b || 0);
    const body = document.querySelector("#matters tbody"), lines = body.lines ??= [...body.rows], rows = picture.swings ??= [...plot.querySelectorAll(".swing")];
    let top = Number(plot.dataset.top);
    for (const at of order) {
      const row = rows[at], hasEnds = weight(found[at]) < Infinity, least = hasEnds ? Math.min(...found[at]) : now_ ?? low, most = hasEnds ? Math.max(...found[at]) : least;
      row.setAttribute("transform", `translate(0 ${top})`);
      top += Number(row.dataset.height);
      set(row.querySelector("rect"), {x: x(least), width: Math.max((most - least) * each, 1)});
      row.querySelectorAll("[data-say]").forEach((text, index) => {
        const end = text.dataset.say[0] === "L" ? 0 : 1, one = found[at][end], isHigh = !hasEnds ? index : found[at][0] === found[at][1] ? index : one === most;
        set(text, {x: isHigh ? x(most) + 5 : x(least) - 5, "text-anchor": isHigh ? "start" : "end"});
      });
      body.append(lines[at]);
    }
    const first = order[0], second = order[1], [one, other] = found[first];
    const decides = weight(found[first]) === Infinity || (data.ends.either && Math.min(one, other) < 0 && Math.max(one, other) > 0) || second === undefined || weight(found[first]) >= 2 * weight(found[second]);
    const alike = second !== undefined && found[first].every((end, at) => end !== null && found[second][at] !== null && Math.abs(end - found[second][at]) <= data.ends.near * Math.abs(end - now_));
    const named = (at) => data.ends.rows[at][3], title = alike ? data.ends.alike : data.ends.titles[decides ? 0 : 1];
    document.querySelector("#finding strong").textContent = fill(title, {input: capital(named(first)), other: second === undefined ? "" : named(second)});
    const line = plot.querySelector("line.now"), text = plot.querySelector("text.now"), zero = plot.querySelector("line.zero"), display = low <= 0 && high >= 0 ? "inline" : "none";
    if (now_ !== null) { set(line, {x1: x(now_), x2: x(now_)}); set(text, {x: x(now_)}); }
    set(zero, {x1: x(0), x2: x(0), display});
    set(plot.querySelector("text.zero"), {x: x(0), display});
  };
  const drawTogether = (picture, values) => { // the largest first, in the picture and its table, and what they come to
    const plot = picture.querySelector("g[data-room]"), parts = picture.parts ??= [...plot.querySelectorAll(".part")];
    const line = plot.querySelector("polyline"), shown = line.points.numberOfItems, sizes = parts.map((part) => values[stepOf(part.firstChild)] || 0);
    const {left, room, top, plot: height} = Object.fromEntries(Object.entries(plot.dataset).map(([name, one]) => [name, Number(one)]));
    const body = document.querySelector("#picture tbody"), lines = body.lines ??= [...body.rows], points = [];
    let whole = 0;
    parts.map((_, at) => at).sort((a, b) => sizes[b] - sizes[a] || a - b).forEach((at, place) => {
      set(parts[at], {transform: `translate(${left + (room / shown) * place} 0)`, display: place < shown ? "inline" : "none"});
      set(parts[at].firstChild, {y: top + height * (1 - sizes[at]), height: sizes[at] * height});
      if (place < shown) points.push([left + (room / shown) * (place + 0.5), (whole += sizes[at])]);
      body.append(lines[at]);
    });
    set(line, {points: points.map(([x, share]) => `${x},${top + height * (1 - share)}`).join(" ")});
    for (const mark of plot.querySelectorAll("circle")) {
      const share = points[mark.dataset.at][1], y = top + height * (1 - share);
      mark.setAttribute("cy", y);
      mark.nextSibling.setAttribute("y", y - 7);
      mark.nextSibling.textContent = percent(share);
    }
  };
  const draw = (picture, values) => {
    const plot = picture.querySelector("g[data-room]");
    if (!plot) return;
    const marks = [...plot.querySelectorAll("rect[data-slot]")], lines = [...plot.querySelectorAll("polyline")];
    const of = (node) => values[stepOf(node)] || 0, points = lines.map((line) => line.dataset.slots.split(" ").map((slot) => values[place[slot]] || 0));
    const starts = marks.map(() => 0);
    if (picture.dataset.kind === "steps") for (let at = 2; at < marks.length; at++) starts[at] = starts[at - 1] + of(marks[at - 1]);
    const bands = [...plot.querySelectorAll("polygon[data-slots]")].map((node) => ({node, ends: bandOf(lines.findIndex((line) => line.dataset.slots === node.dataset.slots), node.dataset.slots.split(" ").map((slot) => place[slot]), values)}));
    const all = [...bands.flatMap((band) => band.ends.flat()), ...starts, ...marks.map((mark, at) => starts[at] + of(mark)), ...points.flat(), 0], low = Math.min(...all), high = Math.max(...all) > low ? Math.max(...all) : low + 1;
    const numbers = new Map([...plot.querySelectorAll("text[data-slot]")].map((text) => [text.dataset.slot, text]));
    const zeroLine = plot.querySelector(".zero");
    if (["bars", "steps", "dots"].includes(picture.dataset.kind)) {
      const dots = [...plot.querySelectorAll("circle[data-slot]")], gap = picture.dataset.kind === "dots" ? 11 : 6;
      const left = Number(plot.dataset.left), each = Number(plot.dataset.room) / (high - low), zero = left - low * each;
      marks.forEach((mark, at) => {
        const one = of(mark), start = starts[at];
        set(mark, {x: zero + Math.min(start, start + one) * each, width: Math.abs(one) * each});
        numbers.get(mark.dataset.slot)?.setAttribute("x", zero + Math.max(start, start + one) * each + gap);
        if (dots[at]) { dots[at].setAttribute("cx", zero + one * each); colour(dots[at], one); }
        colour(mark, one);
      });
      set(zeroLine, {x1: zero, x2: zero});
      return;
    }
    const each = Number(plot.dataset.plot) / (high - low), zero = Number(plot.dataset.top) + high * each;
    let taken; // where the number of the last column stands
    for (const mark of marks) {
      const one = of(mark), y = Math.min(zero, zero - one * each), text = numbers.get(mark.dataset.slot);
      set(mark, {y, height: Math.abs(one) * each});
      text?.setAttribute("y", y - 6);
      taken = text && y - 6;
      colour(mark, one);
    }
    const free = (y) => (taken === undefined || Math.abs(y - taken) >= 16 ? y : Math.min(y, taken - 16));
    lines.forEach((line, at) => {
      const isLine = picture.dataset.kind === "lines", step = Number(plot.dataset.room) / (points[at].length - isLine), first = isLine ? 0 : 0.5;
      line.setAttribute("points", points[at].map((one, index) => `${Number(plot.dataset.left) + step * (index + first)},${zero - one * each}`).join(" "));
      for (const end of isLine ? [0, -1] : [-1]) numbers.get(line.dataset.slots.split(" ").at(end))?.setAttribute("y", isLine ? zero - points[at].at(end) * each + 4 : free(zero - points[at].at(end) * each - 6));
    });
    for (const {node, ends: found} of bands) {
      const step = Number(plot.dataset.room) / (found.length - 1), side = (end) => found.map((pair, index) => `${Number(plot.dataset.left) + step * index},${zero - pair[end] * each}`);
      node.setAttribute("points", [...side(1), ...side(0).reverse()].join(" "));
    }
    set(zeroLine, {y1: zero, y2: zero});
  };
  const colour = (mark, one) => { if (mark.dataset.either) mark.setAttribute("fill", data.colours[one > 0 ? 1 : one < 0 ? 2 : 0]); };

  // ---- what is moved
  const origins = [...document.querySelectorAll("[data-from]")];
  const controls = [...document.querySelectorAll("input[data-path]")];
  const told = (control, one) => inputText(one, control.dataset.unit);
  const neat = (control) => { // four digits, so that the command can be typed; an end is an end
    const {value, min, max} = control, one = Number(value);
    if (control.dataset.unit === "month") return one;
    return [min, max, control.dataset.start].map(Number).includes(one) ? one : Math.sign(one) * digits(Math.abs(one), 4);
  };
  const typed = (control, one) => (control.dataset.unit === "month" ? `${Math.floor(one / 12)}-${String(one % 12 + 1).padStart(2, "0")}` : withFourDecimals(String(one)));
  const withFourDecimals = (text) => (/^-?[1-9]\d*\.\d{3}$/.test(text) ? text + "0" : text); // three could be thousands
  const read = (control, text) => {
    const [, year, month_] = (control.dataset.unit === "month" && /^(\d+)-(\d\d)$/.exec(text)) || [];
    return year ? Number(year) * 12 + Number(month_) - 1 : Number(text);
  };
  const quoted = (text) => "'" + text.replaceAll("'", "'\\''") + "'";
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };
  const follow = (atOnce) => {
    const changed = {}, moved = [];
    for (const control of controls) {
      const path = control.dataset.path, one = now[path], isMoved = one !== start[path];
      if (isMoved) { changed[inputs[path]] = one; moved.push(`${path}=${typed(control, one)}`); }
      const box = control.closest(".control");
      box.classList.toggle("moved", isMoved);
      box.querySelector(".undo").hidden = !isMoved;
      box.querySelector("output").textContent = told(control, one);
      control.setAttribute("aria-valuetext", told(control, one));
      control.value = one;
    }
    show(run(changed));
    for (const node of origins) { // what the scenario says of its value is not true of another one
      const isMoved = place[node.dataset.from] in changed;
      node.hidden = isMoved;
      if (isMoved && !node.note) { node.note = document.createElement("em"); node.note.textContent = words.changedHere; node.after(node.note); }
      if (node.note) node.note.hidden = !isMoved;
    }
    const rows = controls.filter((one) => now[one.dataset.path] !== start[one.dataset.path]).map((one) => {
      const row = document.createElement("tr");
      [one.closest(".control").querySelector("label").textContent, told(one, start[one.dataset.path]), told(one, now[one.dataset.path])].forEach((text, at) => {
        const cell = document.createElement(at ? "td" : "th");
        if (!at) cell.scope = "row";
        cell.textContent = text;
        row.append(cell);
      });
      return row;
    });
    document.querySelector("#moved tbody").replaceChildren(...rows);
    document.getElementById("moved").hidden = !rows.length;
    document.body.classList.toggle("changed", moved.length > 0);
    document.getElementById("reset").disabled = document.getElementById("copy").disabled = moved.length === 0;
    document.getElementById("command").textContent = [data.command, ...moved.map((one) => `--set ${quoted(one)}`)].join(" ");
    address(moved.length ? "#" + moved.map(encodeURIComponent).join("&") : location.pathname + location.search, atOnce);
  };
  const often = {written: 0, waiting: 0};
  const address = (told, atOnce) => { // while a slider is drawn, only now and then: a browser stops taking more
    clearTimeout(often.waiting);
    const wait = atOnce ? 0 : often.written + 250 - Date.now();
    if (wait > 0) { often.waiting = setTimeout(address, wait, told, true); return; }
    often.written = Date.now();
    try { history.replaceState(null, "", told); } catch { /* a host that keeps its address */ }
  };
  const fromAddress = () => {
    for (const part of location.hash.slice(1).split("&").filter(Boolean)) {
      const told = decoded(part), at = told.lastIndexOf("="), path = told.slice(0, at), text = told.slice(at + 1).trim();
      const control = controls.find((one) => one.dataset.path === path), one = control ? read(control, text) : NaN;
      if (text && Number.isFinite(one)) now[path] = Math.min(Math.max(one, Number(control.min)), Number(control.max));
    }
  };
  if (!controls.length) return;
  for (const control of controls) {
    start[control.dataset.path] = now[control.dataset.path] = Number(control.dataset.start);
    control.closest(".control").querySelector(".undo").addEventListener("click", () => { now[control.dataset.path] = start[control.dataset.path]; follow(true); control.focus(); });
    control.addEventListener("input", () => { // the slider stays where it is, whatever the page says more above it
      const top = control.getBoundingClientRect().top;
      now[control.dataset.path] = neat(control);
      follow();
      scrollBy(0, control.getBoundingClientRect().top - top);
    });
  }
  document.getElementById("reset").addEventListener("click", () => { Object.assign(now, start); follow(true); controls[0].focus({preventScroll: true}); });
  document.getElementById("copy").addEventListener("click", async () => {
    const text = document.getElementById("command").textContent;
    try { await navigator.clipboard.writeText(text); } catch { getSelection().selectAllChildren(document.getElementById("command")); }
    document.getElementById("copied").textContent = words.copied;
  });
  document.body.classList.add("is-live");
  fromAddress();
  if (controls.some((one) => now[one.dataset.path] !== start[one.dataset.path])) follow();
  window.omsorg = {run, exact: words.exact, place, atEnds, inputs, ways, values: () => run(Object.fromEntries(Object.entries(now).filter(([path]) => now[path] !== start[path]).map(([path, one]) => [inputs[path], one])))};
})();

/** Makes an element; children that are texts stay texts, so nothing is ever read as markup. */
function el(tag, attributes, ...children) {
  const node = tag.startsWith('svg:')
      ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4))
      : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(child => child != null));
  return node;
}

/** A number as briefly as it can be said; what is not finite comes as text and stays so. */
function say(value, digits = 5) {
  if (typeof value !== 'number') return value == null ? '–' : String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return value.toLocaleString('en');
  if (size < 1e-4 || size >= 1e7) return value.toExponential(3).replace(/\.?0+e/, 'e');
  return String(Number(value.toPrecision(digits)));
}

/** Running mean with TensorBoard's weights, without its pull towards zero at the beginning. */
function smooth(values, weight) {
  let mean = 0;
  return values.map((value, i) => {
    mean = mean * weight + (1 - weight) * value;
    return mean / (1 - weight ** (i + 1));
  });
}

/** Whether a curve goes up and down so often that a mean says more than its points. */
function noisy(values) {
  const turns = values.filter((v, i) => i > 0 && i + 1 < values.length && (v - values[i - 1]) * (values[i + 1] - v) < 0);
  return values.length > 50 && turns.length > values.length / 5;
}

/** Round numbers from low to high, about so many. */
function ticks(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * .7);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(i * step + 0);
  return found;
}

/** Powers of ten, and their neighbours where there are few. */
function logTicks(low, high) {
  const found = [];
  const decades = Math.log10(high / low);
  if (decades < .7) return ticks(low, high, 4).filter(tick => tick > 0);
  const every = Math.ceil(decades / 5);
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e += every) {
    for (const n of decades < 2 ? [1, 2, 5] : [1]) found.push(n * 10 ** e);
  }
  return found.filter(tick => tick >= low * .999 && tick <= high * 1.001);
}

/** Index of the step nearest to a place. */
function nearest(steps, place) {
  let low = 0, high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] < place) low = middle + 1; else high = middle;
  }
  return low > 0 && place - steps[low - 1] < steps[low] - place ? low - 1 : low;
}

const SPACE = {left: 58, right: 14, top: 12, bottom: 24};

/** The curves of one quantity over the steps: drag to look closer, double click to come back. */
class Chart {
  constructor(name, curves, settings) {
    this.curves = curves.map(curve => Object.assign(curve, {noisy: noisy(curve.values)}));
    this.settings = settings;
    this.state = settings.charts[name] ||= {log: false, hidden: []};
    this.plot = el('div', {class: 'plot'});
    this.tip = el('div', {class: 'tip', hidden: ''});
    const positive = curves.some(curve => curve.values.some(value => value > 0));
    this.node = el('section', {class: 'card chart'},
        el('header', {}, el('h3', {}, name),
            positive ? this.toggle('log scale', this.state.log, on => { this.state.log = on; }) : null),
        el('div', {class: 'legend'}, curves.map(curve => this.legend(curve))),
        curves.filter(curve => curve.notFinite > 0).map(curve => el('p', {class: 'alarm'},
            `${curve.name}: ${say(curve.notFinite)} value${curve.notFinite > 1 ? 's' : ''} not finite, `
            + `the first at step ${say(curve.firstNotFinite)}`)),
        this.plot, this.tip);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  toggle(text, on, act) {
    const button = el('button', {type: 'button', 'aria-pressed': on}, text);
    button.onclick = () => {
      const now = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', now);
      act(now);
      this.settings.keep();
      this.draw();
    };
    return button;
  }

  legend(curve) {
    const hidden = this.state.hidden;
    const button = this.toggle(curve.name, hidden.includes(curve.name), off => {
      if (off) hidden.push(curve.name); else hidden.splice(hidden.indexOf(curve.name), 1);
    });
    button.style.setProperty('--tone', curve.color);
    button.title = 'show or hide';
    return button;
  }

  /** What is to be seen now: points in the zoomed range that the scale can show. */
  visible() {
    const log = this.state.log;
    const [from, to] = this.zoom || [-Infinity, Infinity];
    return this.curves.filter(curve => !this.state.hidden.includes(curve.name)).map(curve => {
      const weight = curve.noisy ? this.settings.smoothing : 0;
      const means = weight > 0 ? smooth(curve.values, weight) : curve.values;
      const kept = curve.steps.map((step, i) => i)
          .filter(i => curve.steps[i] >= from && curve.steps[i] <= to && (!log || (curve.values[i] > 0 && means[i] > 0)));
      return {
        curve, smoothed: weight > 0,
        steps: kept.map(i => curve.steps[i]), values: kept.map(i => curve.values[i]), means: kept.map(i => means[i]),
      };
    }).filter(line => line.steps.length > 0);
  }

  draw() {
    const width = this.plot.clientWidth, height = this.plot.clientHeight;
    if (width === 0) return;
    const lines = this.lines = this.visible();
    const svg = this.svg = el('svg:svg', {viewBox: `0 0 ${width} ${height}`, role: 'img'});
    this.plot.replaceChildren(svg);
    if (lines.length === 0) {
      svg.append(el('svg:text', {x: width / 2, y: height / 2, 'text-anchor': 'middle'}, 'nothing to draw'));
      return;
    }
    const steps = lines.flatMap(line => [line.steps[0], line.steps[line.steps.length - 1]]);
    let first = Math.min(...steps), last = Math.max(...steps);
    if (first === last) { first -= 1; last += 1; }
    const scale = this.state.log ? Math.log10 : value => value;
    let low = Infinity, high = -Infinity;
    for (const line of lines) for (const value of line.values) { low = Math.min(low, value); high = Math.max(high, value); }
    let bottom = scale(low), top = scale(high);
    const margin = (top - bottom) * .06 || Math.abs(top) * .1 || .5;
    bottom -= margin;
    top += margin;
    if (!this.state.log && low >= 0 && bottom < 0) bottom = 0;
    const across = width - SPACE.left - SPACE.right, down = height - SPACE.top - SPACE.bottom;
    this.x = step => SPACE.left + (step - first) / (last - first) * across;
    this.y = value => SPACE.top + (top - scale(value)) / (top - bottom) * down;
    this.stepAt = x => first + Math.min(1, Math.max(0, (x - SPACE.left) / across)) * (last - first);

    const marks = this.state.log ? logTicks(10 ** bottom, 10 ** top) : ticks(bottom, top, 4);
    const largest = Math.max(...marks.map(Math.abs)), apart = marks[1] - marks[0];
    const digits = Math.min(12, Math.max(5, Math.ceil(Math.log10(largest / apart)) + 1)) || 5;
    for (const mark of marks) {
      const y = this.y(mark);
      svg.append(el('svg:line', {class: 'grid', x1: SPACE.left, x2: width - SPACE.right, y1: y, y2: y}),
          el('svg:text', {x: SPACE.left - 8, y: y + 4, 'text-anchor': 'end'}, say(mark, digits)));
    }
    const floor = height - SPACE.bottom;
    svg.append(el('svg:line', {class: 'base', x1: SPACE.left, x2: width - SPACE.right, y1: floor, y2: floor}));
    for (const mark of ticks(first, last, Math.max(3, Math.floor(across / 80))).filter(Number.isInteger)) {
      svg.append(el('svg:text', {x: this.x(mark), y: height - 6, 'text-anchor': 'middle'}, say(mark)));
    }
    for (const line of lines) {
      if (line.smoothed) this.line(line, line.values, 'curve raw');
    }
    for (const line of lines) {
      this.line(line, line.means, 'curve');
      if (line.steps.length <= 30) line.steps.forEach((step, i) => this.dot(svg, line, i, 3));
    }
    this.cursor = svg.appendChild(el('svg:g'));
  }

  line(line, values, kind) {
    const path = values.map((value, i) => `${i ? 'L' : 'M'}${this.x(line.steps[i]).toFixed(1)} ${this.y(value).toFixed(1)}`);
    this.svg.append(el('svg:path', {class: kind, d: path.join(''), stroke: line.curve.color}));
  }

  dot(parent, line, i, radius) {
    parent.append(el('svg:circle',
        {class: 'dot', cx: this.x(line.steps[i]), cy: this.y(line.means[i]), r: radius, fill: line.curve.color}));
  }

  listen() {
    let from = null;
    const place = event => event.clientX - this.plot.getBoundingClientRect().left;
    this.plot.onpointerdown = event => { from = event.button === 0 ? place(event) : null; };
    this.plot.onpointermove = event => this.hover(place(event), from);
    this.plot.onpointerleave = () => { from = null; this.tip.hidden = true; this.cursor?.replaceChildren(); };
    this.plot.ondblclick = () => { this.zoom = null; this.draw(); };
    this.plot.onpointerup = event => {
      if (from != null && this.lines.length && Math.abs(place(event) - from) > 8) {
        this.zoom = [this.stepAt(from), this.stepAt(place(event))].sort((a, b) => a - b);
        this.tip.hidden = true;
        this.draw();
      }
      from = null;
    };
  }

  hover(x, from) {
    if (!this.lines || !this.lines.length) return;
    const step = this.stepAt(x);
    const found = this.lines.map(line => ({line, i: nearest(line.steps, step)}));
    const steps = found.map(({line, i}) => line.steps[i]);
    const at = steps.reduce((a, b) => Math.abs(b - step) < Math.abs(a - step) ? b : a);
    const floor = this.plot.clientHeight - SPACE.bottom;
    this.cursor.replaceChildren(el('svg:line', {class: 'cursor', x1: this.x(at), x2: this.x(at), y1: SPACE.top, y2: floor}));
    if (from != null && Math.abs(x - from) > 8) {
      this.cursor.append(el('svg:rect', {class: 'zoom', x: Math.min(x, from), y: SPACE.top,
        width: Math.abs(x - from), height: floor - SPACE.top}));
    }
    found.forEach(({line, i}) => this.dot(this.cursor, line, i, 4));
    this.tip.replaceChildren(el('div', {class: 'soft'}, `step ${say(at)}`), ...found.map(({line, i}) => {
      const dot = el('i');
      dot.style.background = line.curve.color;
      const elsewhere = line.steps[i] === at ? '' : ` (at ${say(line.steps[i])})`;
      return el('div', {}, el('span', {}, dot, line.curve.name + elsewhere), el('b', {class: 'number'}, say(line.values[i])));
    }));
    this.tip.hidden = false;
    const right = this.plot.offsetLeft + this.x(at) + 14;
    const fits = right + this.tip.offsetWidth < this.node.clientWidth;
    this.tip.style.left = `${fits ? right : Math.max(4, right - 28 - this.tip.offsetWidth)}px`;
    this.tip.style.top = `${this.plot.offsetTop + SPACE.top}px`;
  }
}

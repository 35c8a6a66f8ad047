const run = JSON.parse(document.getElementById('data').textContent);
const page = document.getElementById('page');

/** What the reader has set, kept while the page of a running run reloads itself. */
const settings = {smoothing: .6, charts: {}};
try {
  Object.assign(settings, JSON.parse(sessionStorage.getItem(run.directory)));
} catch (e) { /* a browser that keeps nothing for files */ }
settings.keep = () => {
  try {
    sessionStorage.setItem(run.directory, JSON.stringify(settings));
  } catch (e) { /* as above */ }
};

function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const all = Math.round(seconds);
  const parts = [[Math.floor(all / 86400), 'd'], [Math.floor(all / 3600) % 24, 'h'],
    [Math.floor(all / 60) % 60, 'min'], [all % 60, 's']];
  const first = parts.findIndex(([count]) => count > 0);
  return parts.slice(first, first + 2).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

function moment(text, year) {
  return text == null ? '–' : new Date(text).toLocaleString('en-GB',
      {day: 'numeric', month: 'short', year, hour: '2-digit', minute: '2-digit'});
}

function bytes(count) {
  if (count == null) return '–';
  const unit = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${Number((count / 1000 ** unit).toPrecision(3))} ${['B', 'kB', 'MB', 'GB', 'TB'][unit]}`;
}

/** A table of rows of cells; a head that begins with # is of a column of numbers. */
function table(heads, rows) {
  const kind = i => heads[i] && heads[i].startsWith('#') ? 'number' : null;
  const head = el('tr', {}, heads.map((text, i) => el('th', {class: kind(i)}, text.replace('#', ''))));
  return el('div', {class: 'card scroll'}, el('table', {},
      heads.some(text => text) ? head : null,
      rows.map(cells => el('tr', {}, cells.map((cell, i) => el('td', {class: kind(i)}, cell))))));
}

function section(title, body) {
  return el('section', {}, el('h2', {}, title), body);
}

/** Train is blue, validation orange, test green, in every chart. */
function color(curves) {
  const stages = [/^train/i, /^val/i, /^test/i];
  let next = stages.length;
  curves.forEach((curve, i) => {
    const stage = stages.findIndex(pattern => pattern.test(curve.name));
    const taken = curves.slice(0, i).some(other => stages[stage] && stages[stage].test(other.name));
    const index = stage >= 0 && !taken ? stage : curves.length === 1 ? 0 : next++;
    curve.color = `var(--c${index % 8})`;
  });
}

/** Curves by the chart they share, the loss first and the learning rate last. */
const groups = new Map();
for (const curve of run.curves) {
  groups.set(curve.chart, [...groups.get(curve.chart) || [], curve]);
}
const rank = name => name === 'loss' ? 0 : name === 'lr' ? 2 : 1;
const names = [...groups.keys()].sort((a, b) => rank(a) - rank(b));

function head() {
  const silent = (Date.now() - new Date(run.written)) / 1000;
  const lost = run.status === 'running' && silent > 600;
  const status = el('span', {class: `status ${lost ? 'stopped' : run.status}`},
      lost ? `silent for ${duration(silent)}` : run.status);
  status.style.setProperty('--tone', `var(--${lost ? 'stopped' : run.status})`);
  const tile = (name, value) => el('div', {class: 'card tile'}, el('span', {}, name), el('b', {}, value));
  document.title = `${run.name} · ${run.status} · Levin`;
  return [el('div', {class: 'head'}, el('h1', {}, run.name), status), el('code', {}, run.directory),
    el('div', {class: 'tiles'},
        tile('Duration', duration(run.seconds)), tile('Steps', say(run.step)),
        run.epochs == null ? null : tile('Epochs', say(run.epochs)),
        tile('Checkpoints', say(run.checkpoints.length)), tile('Started', moment(run.started)))];
}

function curves() {
  if (run.curves.length === 0) return el('p', {class: 'soft'}, 'No metrics have been logged yet.');
  const all = names.map(name => {
    color(groups.get(name));
    return new Chart(name, groups.get(name), settings);
  });
  const value = el('output', {class: 'number'}, settings.smoothing.toFixed(2));
  const slider = el('input', {type: 'range', min: 0, max: .99, step: .01, value: settings.smoothing});
  slider.oninput = () => {
    settings.smoothing = Number(slider.value);
    value.textContent = settings.smoothing.toFixed(2);
    settings.keep();
    all.forEach(chart => chart.draw());
  };
  const label = el('label', {title: 'of noisy curves; their points stay behind it'}, 'Smoothing', slider, value);
  return el('section', {}, el('div', {class: 'bar'}, el('h2', {}, 'Curves'), label,
      el('span', {class: 'soft', style: 'font-size:13px'}, 'drag to zoom, double-click to reset')),
      el('div', {class: 'charts'}, all.map(chart => chart.node)));
}

function metrics() {
  const extreme = point => point == null ? '–' : [say(point.value), el('span', {class: 'soft'}, ` @ ${say(point.step)}`)];
  return section('Metrics', table(['Metric', '#Last', '#At step', '#Lowest', '#Highest'], names.flatMap(name => groups.get(name)).map(curve =>
      [curve.name, el('b', {}, say(curve.last)), say(curve.lastStep), extreme(curve.low), extreme(curve.high)])));
}

function checkpoints() {
  const link = path => `./${path.split(/[\\/]/).map(encodeURIComponent).join('/')}`;
  return section('Checkpoints', table(['File', '#Size', '#Saved'], run.checkpoints.map(({name, inside, bytes: size, saved}) =>
      [inside ? el('a', {href: link(name)}, el('code', {}, name)) : el('code', {}, name), bytes(size), moment(saved)])));
}

function pairs(title, rows) {
  return rows.length === 0 ? null : section(title, table(['', ''], rows));
}

function text(value) {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : typeof value === 'number' ? say(value) : String(value);
}

function plan() {
  return section('Plan', table(['Part', 'Plugin', 'Because', 'Bundle'], run.plan.map(part => [
    part.family, el('b', {}, part.name),
    [part.why, ...part.warnings.map(warning => el('div', {class: 'alarm'}, warning))], el('code', {}, part.bundle)])));
}

page.replaceChildren(...[
  ...head(), curves(),
  run.curves.length ? metrics() : null,
  run.checkpoints.length ? checkpoints() : null,
  el('div', {class: 'pair'},
      pairs('Hyperparameters', Object.entries(run.hyperParameters).map(([name, value]) => [name, el('code', {}, text(value))])),
      pairs('Arguments', run.arguments.map(({name, value, origin}) =>
          [name, [el('code', {}, value), el('span', {class: 'soft'}, `  ${origin}`)]]))),
  plan(),
  el('footer', {}, `Written ${moment(run.written, 'numeric')} by Levin.`),
].filter(node => node != null));

if (run.status === 'running' && Date.now() - new Date(run.written) < 600000) {
  setTimeout(() => location.reload(), 15000);
}

/** Of the page: one column, readable on a phone, light and dark as the reader has it. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6472; --line: #d5dae1; --paper: #ffffff; --bar: #9db8dd; --strong: #2257a0; --mark: #b4461c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaef; --soft: #a3adba; --line: #3a424e; --paper: #16191f; --bar: #47658f; --strong: #8db8f5; --mark: #f0936a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 78rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin-bottom: 0; }
p { color: var(--soft); max-width: 42rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
dt { color: var(--soft); }
dd { margin: 0; }
figure { margin: 0.5rem 0; max-width: 30rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.45rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); }
thead th { color: var(--soft); font-weight: 500; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font-size: 12px; }
svg text.strong { font-weight: 700; }
.bar { fill: var(--bar); }
.bar.strong, .dot { fill: var(--strong); }
.limits { stroke: var(--strong); stroke-width: 2; }
.against { stroke: var(--mark); stroke-width: 3; }
.grid { stroke: var(--line); stroke-width: 1; }
`.trim();

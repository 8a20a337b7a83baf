/** What the dashboard adds to the look of the pages. */
export const dashboardStyles = `
body { display: block; }
main { max-width: 76rem; margin: 0 auto; padding: 0; background: none; border: 0; box-shadow: none; }
a { color: var(--accent); }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: end; gap: 1rem; margin-bottom: 1.5rem; }
.top nav { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem; }
.button, .small { padding: .375rem .625rem; border: 1px solid var(--quiet); border-radius: .5rem; background: var(--card); color: var(--text); font-size: .875rem; font-weight: 600; text-decoration: none; }
.button:hover, .small:hover { border-color: var(--accent); background: var(--tint); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 1.25rem; align-items: start; }
.live:empty { display: none; }
.column { display: grid; gap: 1.25rem; min-width: 0; }
section { padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: var(--shadow); }
section h2 { margin: 0 0 .75rem; }
.figure { font-size: 1.125rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.actions { gap: .5rem; margin-top: .75rem; }
.pill { display: inline-block; min-width: 3rem; padding: 0 .5rem; border-radius: 1rem; background: var(--tint); color: var(--tint-text); font-size: .8125rem; font-weight: 600; text-align: center; font-variant-numeric: tabular-nums; }
.pill.good { background: var(--good-tint); color: var(--good); }
.pill.warn { background: var(--warn-tint); color: var(--warn); }
.pill.bad { background: var(--alert-tint); color: var(--alert); }
:root { --good: #14603a; --good-tint: #e6f5ec; --warn: #7a4a00; --warn-tint: #fdf1dc; }
@media (prefers-color-scheme: dark) { :root { --good: #8ee0b0; --good-tint: #16301f; --warn: #f5c97a; --warn-tint: #35290f; } }
.rows li { padding: .375rem 0; overflow-wrap: anywhere; }
.rows li + li { border-top: 1px solid var(--line); }
.scroll { max-height: 34rem; overflow: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th { text-align: left; font-size: .8125rem; color: var(--quiet); position: sticky; top: 0; background: var(--card); }
th, td { padding: .3125rem .625rem .3125rem 0; vertical-align: baseline; }
td.quiet { font-size: inherit; }
td .quiet { font-size: .8125rem; }
td { border-top: 1px solid var(--line); }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
details + details { border-top: 1px solid var(--line); }
summary { padding: .5rem .25rem; cursor: pointer; border-radius: .375rem; overflow-wrap: anywhere; }
summary:hover { background: var(--tint); }
summary > * { margin-right: .5rem; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: .75rem; margin: .5rem 0 1rem; align-items: start; }
.editor { margin-bottom: .75rem; }
.editor label { margin-top: .25rem; margin-bottom: .25rem; }
select { display: block; width: 100%; margin-bottom: .625rem; padding: .375rem .5rem; font: inherit; font-size: .9375rem; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: .5rem; }
.faults li { display: flex; justify-content: space-between; align-items: start; gap: .75rem; }
.faults .actions { flex: none; margin: 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.25rem; align-items: start; }
textarea { display: block; width: 100%; margin-bottom: .5rem; padding: .5rem .75rem; color: inherit; background: var(--canvas); border: 1px solid var(--quiet); border-radius: .5rem; font: .875rem/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; resize: vertical; }
pre { margin: 0; padding: .75rem; max-height: 20rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .5rem; background: var(--canvas); }
td code { overflow-wrap: anywhere; }
.refusal { display: block; overflow-wrap: anywhere; }
@media (max-width: 56rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 34rem) { th:last-child, td:last-child { display: none; } }
`

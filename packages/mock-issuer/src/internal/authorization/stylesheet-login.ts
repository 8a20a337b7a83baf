/** The look of the login page, on top of that of all pages: who on the left, what for on the right; one under the other on a phone. */
export const loginStylesheet = `
:root {
  --tone-0: #e3ecfb; --tone-1: #e0f1e7; --tone-2: #f7e8dd; --tone-3: #efe6f8; --tone-4: #fbe5ea; --tone-5: #dff0f3;
  --ink-0: #174d9c; --ink-1: #1a5c38; --ink-2: #7d3f12; --ink-3: #59308c; --ink-4: #8c1f3f; --ink-5: #0f5864;
}
@media (prefers-color-scheme: dark) {
  :root {
    --tone-0: #1f2f49; --tone-1: #1b3628; --tone-2: #3c2a1c; --tone-3: #32264a; --tone-4: #43222c; --tone-5: #17363c;
    --ink-0: #bcd7ff; --ink-1: #b0e6c6; --ink-2: #ffd0a8; --ink-3: #dcc6ff; --ink-4: #ffc2cf; --ink-5: #aee7f0;
  }
}
main { max-width: 27rem; }
form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; margin-top: 1.5rem; }
.by-enter { position: absolute; width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); }
.people, .request { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; align-content: start; min-width: 0; }
.people h2, .request h2, .someone-else label, legend { margin: 0 0 .625rem; padding: 0; font-size: .875rem; font-weight: 600; line-height: 1.4; color: var(--quiet); }
fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.avatar { background: var(--tint); color: var(--tint-text); }
.tone-0 { background: var(--tone-0); color: var(--ink-0); } .tone-1 { background: var(--tone-1); color: var(--ink-1); }
.tone-2 { background: var(--tone-2); color: var(--ink-2); } .tone-3 { background: var(--tone-3); color: var(--ink-3); }
.tone-4 { background: var(--tone-4); color: var(--ink-4); } .tone-5 { background: var(--tone-5); color: var(--ink-5); }

.session { display: grid; grid-template-columns: auto 1fr; gap: .75rem .875rem; align-items: center; padding: 1rem; border-radius: .75rem; background: var(--tint); }
.session .primary { grid-column: 1 / -1; }
.session .detail, .session .detail code { color: var(--text); }
.session .avatar { background: var(--card); }

.users { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; }
.user { position: relative; display: flex; align-items: flex-start; }
.user:hover .avatar { background: var(--tone, var(--tint)); }
.who { min-width: 0; flex: 1; }
.user button { display: block; width: 100%; min-height: 2.5rem; padding: 0; border: 0; background: none; text-align: left; }
.user button::after { content: ''; position: absolute; inset: 0; border-radius: .75rem; }
.user button:focus-visible { outline: none; }
.user button:focus-visible::after { outline: 3px solid var(--accent); outline-offset: 2px; }
.hinted { display: inline-block; margin-top: .25rem; padding: 0 .5rem; border-radius: 1rem; background: var(--tint); color: var(--tint-text); font-size: .75rem; font-weight: 600; line-height: 1.6; }
.user:hover .hinted { background: var(--card); }
.claims { display: flex; flex-wrap: wrap; gap: .125rem .875rem; margin: .375rem 0 0; font-size: .8125rem; line-height: 1.45; }
.claims div { min-width: 0; }
.choices .claims { margin: 0; }
.claims dt, .claims dd { display: inline; margin: 0; overflow-wrap: anywhere; }
.claims dt { color: var(--quiet); }
.claims dd { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; font-size: .75rem; }

.field { display: flex; gap: .5rem; }
.field input, .field select { flex: 1; font: inherit; min-width: 0; padding: .5rem .75rem; border: 1px solid var(--quiet); border-radius: .625rem; background: var(--card); color: inherit; }
.field .secondary, .refusals .secondary { width: auto; margin: 0; }
.someone-else .detail { margin-top: .375rem; }

.choices { border: 1px solid var(--line); border-radius: .75rem; }
.choices li { display: flex; gap: .75rem; align-items: flex-start; padding: .625rem .875rem; }
.choices li + li { border-top: 1px solid var(--line); }
.choices input { flex: none; width: 1.125rem; height: 1.125rem; margin: .2rem 0 0; accent-color: var(--accent); }
.choices label { flex: 1; min-width: 0; margin: 0; font-size: .9375rem; font-weight: 400; line-height: 1.45; color: var(--text); overflow-wrap: anywhere; cursor: pointer; }
.choices input:disabled + label { cursor: default; }

.refusals { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; }
summary { width: fit-content; padding: .25rem 0; border-radius: .25rem; color: var(--quiet); font-size: .875rem; cursor: pointer; }
summary:hover { color: var(--text); }
details label { margin-top: .5rem; }

@media (min-width: 54rem) {
  main { max-width: 58rem; padding: 2.5rem; }
  form { grid-template-columns: minmax(0, 1fr) 20rem; gap: 3rem; align-items: start; }
  .request { position: sticky; top: 1.5rem; }
}
@media (min-width: 76rem) {
  main:has(.users > :nth-child(7)) { max-width: 74rem; }
  .users:has(> :nth-child(7)) { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (forced-colors: active) { .user button:focus-visible::after { outline-color: Highlight; } }
`

/** The look of the pages, in light and in dark. Text on every background has a contrast of at least 4.5 to 1. */
export const stylesheet = `
:root {
  --canvas: #eef1f5; --card: #ffffff; --line: #d5dbe3; --text: #17202b; --quiet: #556274;
  --accent: #1d5fbf; --accent-strong: #174d9c; --on-accent: #ffffff; --tint: #eef4fd; --tint-text: #174d9c;
  --alert: #a3201b; --alert-tint: #fdefee; --shadow: 0 1px 2px rgb(23 32 43 / 8%), 0 12px 32px rgb(23 32 43 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0e1319; --card: #171e27; --line: #303b49; --text: #e8edf3; --quiet: #9fadbd;
    --accent: #7fb2ff; --accent-strong: #a5c9ff; --on-accent: #0b1a30; --tint: #1d2a3c; --tint-text: #bcd7ff;
    --alert: #ffb0aa; --alert-tint: #3a1d1d; --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 35%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 2rem 1rem; display: grid; place-items: center; background: var(--canvas); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { width: 100%; max-width: 27rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: var(--shadow); }
h1 { margin: .75rem 0 .25rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 1.5rem 0 .5rem; font-size: .875rem; font-weight: 600; color: var(--quiet); }
p { margin: 0; overflow-wrap: anywhere; }
ul { margin: 0; padding: 0; list-style: none; }
code { font: .875em/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: .125rem .625rem; border-radius: 1rem; background: var(--tint); color: var(--tint-text); font-size: .8125rem; font-weight: 600; }
.quiet { color: var(--quiet); font-size: .9375rem; }
.alert { margin-top: 1rem; padding: .75rem 1rem; border-left: .25rem solid var(--alert); border-radius: .375rem; background: var(--alert-tint); color: var(--alert); }
.note { margin-top: 1rem; padding: .75rem 1rem; border-left: .25rem solid var(--accent); border-radius: .375rem; background: var(--tint); color: var(--tint-text); }
.after { margin-top: 1rem; }
.stack { display: grid; gap: .5rem; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.user { width: 100%; display: flex; align-items: center; gap: .875rem; padding: .625rem .875rem; text-align: left; background: transparent; border: 1px solid var(--line); border-radius: .75rem; }
.user:hover { border-color: var(--accent); background: var(--tint); }
.user > span:last-child { min-width: 0; overflow-wrap: anywhere; }
.avatar { flex: none; width: 2.5rem; height: 2.5rem; display: grid; place-items: center; border-radius: 50%; background: var(--tint); color: var(--tint-text); font-weight: 600; }
.user:hover .avatar { background: var(--card); }
.name { display: block; font-weight: 600; line-height: 1.3; }
.detail { display: block; color: var(--quiet); font-size: .875rem; line-height: 1.35; }
.typed { display: flex; gap: .5rem; }
.typed input { flex: 1; min-width: 0; padding: .5rem .75rem; background: var(--card); border: 1px solid var(--quiet); border-radius: .625rem; }
.typed input::placeholder { color: var(--quiet); opacity: 1; }
.primary { padding: .5rem 1.125rem; border: 1px solid transparent; border-radius: .625rem; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.primary:hover { background: var(--accent-strong); }
.secondary { width: 100%; margin-top: 1.5rem; padding: .5rem 1.125rem; border: 1px solid var(--line); border-radius: .625rem; background: transparent; font-weight: 600; }
.secondary:hover { border-color: var(--quiet); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
.actions .secondary { width: auto; margin: 0; }
a.primary { display: inline-block; text-decoration: none; }
label { display: block; margin: 1.5rem 0 .5rem; font-size: .875rem; font-weight: 600; color: var(--quiet); }
.scopes { border: 1px solid var(--line); border-radius: .75rem; }
.scopes li { padding: .5rem .875rem; }
.scopes li + li { border-top: 1px solid var(--line); }
@media (max-width: 26rem) { body { padding: .75rem; } main { padding: 1.25rem; } }
footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .8125rem; overflow-wrap: anywhere; }
`

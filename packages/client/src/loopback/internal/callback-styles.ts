/** The look of the page, in light and in dark. Text on every background has a contrast of at least 4.5 to 1. */
export const callbackStyles = `
:root { --canvas: #eef1f5; --card: #ffffff; --line: #d5dbe3; --text: #17202b; --quiet: #556274; --good: #1a7f4b; --other: #a15c00; --mark: #ffffff; --shadow: 0 1px 2px rgb(23 32 43 / 8%), 0 12px 32px rgb(23 32 43 / 8%); }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #0e1319; --card: #171e27; --line: #303b49; --text: #e8edf3; --quiet: #9fadbd; --good: #4cc38a; --other: #e5a54b; --mark: #0e1319; --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 35%); }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 2rem 1rem; display: grid; place-items: center; background: var(--canvas); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { width: 100%; max-width: 26rem; padding: 2.5rem 2rem; text-align: center; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; box-shadow: var(--shadow); }
svg { width: 3.5rem; height: 3.5rem; display: block; margin: 0 auto 1.25rem; }
path { fill: none; stroke: var(--mark); stroke-width: 4; stroke-linecap: round; stroke-linejoin: round; }
.good circle { fill: var(--good); }
.other circle { fill: var(--other); }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; }
p { margin: 0; color: var(--quiet); overflow-wrap: anywhere; text-wrap: balance; }
`

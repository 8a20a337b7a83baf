/**
 * Keeps the page up to date: asks for it again while somebody looks, and takes over the parts that changed. What has the focus is left
 * alone, what was opened stays open. The page works without it.
 */
export const liveScript = `
setInterval(async () => {
  if (document.hidden) return
  const answer = await fetch(location.pathname).catch(() => undefined)
  if (answer?.ok !== true) return
  const page = await answer.text()
  // Without the head, whose style has another nonce than this page's.
  const next = new DOMParser().parseFromString(page.slice(page.indexOf('<main>'), page.lastIndexOf('</main>')), 'text/html')
  for (const part of document.querySelectorAll('.live')) {
    const fresh = next.getElementById(part.id)
    if (fresh === null || part.contains(document.activeElement)) continue
    for (const opened of part.querySelectorAll('details[open]')) fresh.querySelector('#' + CSS.escape(opened.id))?.setAttribute('open', '')
    if (fresh.innerHTML === part.innerHTML) continue
    const scroll = part.querySelector('.scroll')?.scrollTop ?? 0
    part.replaceChildren(...fresh.childNodes)
    const scrolled = part.querySelector('.scroll')
    if (scrolled !== null) scrolled.scrollTop = scroll
  }
}, 2000)
`

// Fills parts of a page again and again with what their address answers, until it answers 204 or the reader is gone.
import './site.js'

// In the language of the page, which may be another one than the reader's.
function address (part) {
  const url = new URL(part.dataset.live, location.href)
  url.searchParams.set('lang', document.documentElement.lang)
  return url
}

async function refresh (part) {
  const every = Math.max(Number(part.dataset.every) || 1000, 500)
  try {
    if (!document.hidden) {
      const answer = await fetch(address(part), { headers: { Accept: 'text/html' } })
      if (answer.status === 204 || answer.redirected || answer.status === 404) return
      if (answer.ok) part.innerHTML = await answer.text()
    }
  } catch {
    // The network is gone for a moment: the next turn tries again.
  }
  setTimeout(refresh, every, part)
}

for (const part of document.querySelectorAll('[data-live]')) refresh(part)

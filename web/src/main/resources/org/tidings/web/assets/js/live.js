// Keeps parts of a page fresh with what their address answers, until it answers 204 or the reader is gone, or, where that has
// data-live-over in it, the whole page is another one by now. Only what is different is put
// in: buttons stay the buttons they were, so that a press is not lost and the keyboard stays where it is. What is marked as news is said
// to screen readers, and no more often than they can be listened to.
import './site.js'

const QUIET_MILLIS = 10000
const news = document.createElement('p')
news.className = 'unseen'
news.setAttribute('role', 'status')
document.getElementById('main').append(news)
let said = ''
let waiting = 0
let saidAt = -QUIET_MILLIS

// In the language of the page, which may be another one than the reader's.
function address (part) {
  const url = new URL(part.dataset.live, location.href)
  url.searchParams.set('lang', document.documentElement.lang)
  return url
}

// Tells the forms, fields and buttons of a part apart.
function key (node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return ''
  return node.id || node.getAttribute('action') || node.getAttribute('name') || node.getAttribute('href') || node.className
}

function alike (one, other) {
  return one.nodeName === other.nodeName && key(one) === key(other)
}

function patch (old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  for (const { name } of [...old.attributes]) {
    // What the reader opened stays open.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  fill(old, fresh)
}

function fill (part, fresh) {
  let old = part.firstChild
  for (const next of [...fresh.childNodes]) {
    let same = old
    while (same && !alike(same, next)) same = same.nextSibling
    if (same) {
      while (old !== same) {
        const gone = old
        old = old.nextSibling
        gone.remove()
      }
      patch(same, next)
      old = same.nextSibling
    } else {
      part.insertBefore(next, old)
    }
  }
  while (old) {
    const gone = old
    old = old.nextSibling
    gone.remove()
  }
}

function replace (part, html) {
  const fresh = document.createElement('template')
  fresh.innerHTML = html
  const held = part.contains(document.activeElement)
  fill(part, fresh.content)
  if (held && !part.contains(document.activeElement)) {
    // The button is gone with what it was for: the keyboard goes on from here, not from the top of the page.
    part.tabIndex = -1
    part.focus()
  }
  say(told(part))
}

function told (part) {
  return [...part.querySelectorAll('[data-news]')].map(one => one.textContent.trim().replace(/\s+/g, ' ')).join('. ')
}

// What was not said at once is said later, as it is then.
function say (now) {
  if (now === said) return
  said = now
  waiting ||= setTimeout(() => {
    waiting = 0
    saidAt = performance.now()
    news.textContent = said
  }, Math.max(saidAt + QUIET_MILLIS - performance.now(), 0))
}

async function refresh (part) {
  const every = Math.max(Number(part.dataset.every) || 1000, 500)
  try {
    if (!document.hidden) {
      const answer = await fetch(address(part), { headers: { Accept: 'text/html' } })
      if (answer.status === 204 || answer.redirected || answer.status === 404) return
      if (answer.ok) replace(part, await answer.text())
      if (part.querySelector('[data-live-over]')) {
        location.reload()
        return
      }
    }
  } catch {
    // The network is gone for a moment: the next turn tries again.
  }
  setTimeout(refresh, every, part)
}

for (const part of document.querySelectorAll('[data-live]')) {
  said = told(part)
  refresh(part)
}

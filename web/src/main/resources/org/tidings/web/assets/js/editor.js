// Shows what becomes of an issue while it is written: presses the preview button, whose answer goes into the frame, and says how large the
// mail is.
import './site.js'

const button = document.getElementById('preview')
const form = button.form
const frame = document.querySelector(`iframe[name="${button.getAttribute('formtarget')}"]`)
// After so many milliseconds an answer is not waited for any more.
const PATIENCE = 10000
let waiting = 0
let shown = ''
let asked = 0

// One question at a time: a browser may drop one that is asked while another is answered, and would then show the older text.
function show () {
  const now = ['newsletter', 'subject', 'preheader', 'markdown', 'view'].map(name => form.elements[name]?.value).join('\n')
  if (now === shown || !form.elements.subject.value || !form.elements.markdown.value.trim()) return
  if (asked && performance.now() - asked < PATIENCE) return
  shown = now
  asked = performance.now()
  form.requestSubmit(button)
}

// What stands inside the frame cannot be read from here, so the size is asked for.
async function weigh () {
  const size = document.getElementById('size')
  try {
    const answer = await fetch(size.dataset.from, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    if (answer.ok && !answer.redirected) size.innerHTML = answer.status === 204 ? '' : await answer.text()
  } catch {
    // The next look at the preview asks again.
  }
}

frame.addEventListener('load', () => {
  if (asked) weigh()
  asked = 0
  show()
})
form.addEventListener('input', () => {
  clearTimeout(waiting)
  waiting = setTimeout(show, 400)
})
form.addEventListener('change', show)
show()
button.hidden = true

// Shows what becomes of an issue while it is written: presses the preview button, whose answer goes into the frame.
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

frame.addEventListener('load', () => {
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

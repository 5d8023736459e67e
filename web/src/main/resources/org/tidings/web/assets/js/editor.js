// Shows what becomes of an issue while it is written: presses the preview button, whose answer goes into the frame.
import './site.js'

const button = document.getElementById('preview')
const form = button.form
let waiting = 0
let shown = ''

function show () {
  const now = ['newsletter', 'subject', 'preheader', 'markdown', 'view'].map(name => form.elements[name]?.value).join('\n')
  if (now === shown) return
  shown = now
  form.requestSubmit(button)
}

form.addEventListener('input', () => {
  clearTimeout(waiting)
  waiting = setTimeout(show, 400)
})
form.addEventListener('change', show)
if (form.elements.subject.value && form.elements.markdown.value.trim()) show()
button.hidden = true

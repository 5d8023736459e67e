// Adds to pages that work without it: a button that shows a password, focus on what is wrong with a form or on what was done, the menu's
// place, a form that waited for the password, a question before what was typed is left, and that it stays when the language is changed.
for (const field of document.querySelectorAll('.field[data-show]')) {
  const input = field.querySelector('input')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'show-password'
  button.textContent = field.dataset.show
  button.setAttribute('aria-controls', input.id)
  button.addEventListener('click', () => {
    const hidden = input.type === 'password'
    input.type = hidden ? 'text' : 'password'
    button.textContent = hidden ? field.dataset.hide : field.dataset.show
  })
  const row = document.createElement('div')
  row.className = 'password-row'
  input.replaceWith(row)
  row.append(input, button)
}
const said = document.getElementById('errors') ?? document.querySelector('.flash')
said?.focus()
document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
document.querySelector('form.go-on')?.requestSubmit()

// Long texts: nobody loses one by a click beside it.
const unsaved = new Set()
for (const form of document.querySelectorAll('form[data-keep]')) {
  // What was refused is not saved either.
  if (form.querySelector('#errors')) unsaved.add(form)
  form.addEventListener('input', event => {
    if (event.target.name !== 'view') unsaved.add(form)
  })
  form.addEventListener('submit', event => {
    // A preview goes into its frame, and the text stays where it was.
    if (!event.submitter?.formTarget) unsaved.delete(form)
  })
}
addEventListener('beforeunload', event => { if (unsaved.size) event.preventDefault() })

// The language is changed by a link to the same page, or by a button that takes one form along: what was typed in all of them goes along in
// this tab, and that it is not saved.
const TYPED = 'typed'
const BOXES = ['checkbox', 'radio']
const fields = () => [...document.querySelectorAll('main form[method=post] :is(input, select, textarea)')]
  .filter(field => field.name && !['hidden', 'password', 'file', 'submit'].includes(field.type))
const place = field => `${field.form.getAttribute('action')} ${field.name} ${BOXES.includes(field.type) ? field.value : ''}`

for (const link of document.querySelectorAll('.languages :is(a, button)')) {
  link.addEventListener('click', () => {
    const typed = fields().map(field => [place(field), BOXES.includes(field.type) ? field.checked : field.value])
    sessionStorage.setItem(TYPED, JSON.stringify({ path: location.pathname, typed, unsaved: unsaved.size > 0 }))
    unsaved.clear()
  })
}
const kept = JSON.parse(sessionStorage.getItem(TYPED) ?? 'null')
sessionStorage.removeItem(TYPED)
if (kept?.path === location.pathname) {
  const typed = new Map(kept.typed)
  for (const field of fields()) {
    const value = typed.get(place(field))
    if (typeof value === 'boolean') field.checked = value
    else if (value !== undefined) field.value = value
    if (kept.unsaved && field.form.dataset.keep) unsaved.add(field.form)
  }
}

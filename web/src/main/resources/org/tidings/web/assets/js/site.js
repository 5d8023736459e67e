// Adds to pages that work without it: a button that shows a password, focus on what is wrong with a form, the menu's place,
// a form that waited for the password.
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
document.getElementById('errors')?.focus()
document.querySelector('.side [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
document.querySelector('form.go-on')?.requestSubmit()

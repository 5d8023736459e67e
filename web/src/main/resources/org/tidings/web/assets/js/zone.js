// Beside a list of time zones: a button that chooses the one of this device. Nothing of it is sent unless the button is pressed.
import './site.js'

const select = document.querySelector('select[data-device]')
// One tap is enough where nothing else is asked.
const alone = select?.form.querySelectorAll('select, textarea, input:not([type=hidden])').length === 1
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

function option () {
  return [...select.options].find(option => option.value === zone)
}

function choose () {
  // A device may know the place by a former name.
  if (!option()) select.add(new Option(zone, zone))
  select.value = zone
  if (alone) select.form.requestSubmit()
}

if (select && zone) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-secondary'
  button.textContent = `${select.dataset.device}: ${option()?.text ?? zone}`
  button.addEventListener('click', choose)
  select.after(button)
}

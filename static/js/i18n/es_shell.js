/** Spanish for what surrounds the screens. */
export default {
  "A new version of Wardlight is ready.": "Hay una nueva versión de Wardlight.",
  "Opening": "Abriendo",
  "This page is not on this phone yet. It opens with the next contact.":
    "Esta página aún no está en este teléfono. Se abre con el próximo contacto.",
  "This page cannot be shown": "Esta página no se puede mostrar",
  "Update now": "Actualizar ahora",
  "What is saved on this phone is kept. Go on with the paper card.":
    "Lo guardado en este teléfono se conserva. Siga con la tarjeta de papel.",
  "Your entries stay on this phone.": "Sus entradas quedan en este teléfono.",
};

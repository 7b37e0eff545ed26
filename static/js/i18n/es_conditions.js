/** Spanish of what a card does not ask for yet, of steps that change hands, and of shifts. */
export default {
  "Waits for {codes}": "Espera a {codes}",
  "Not needed unless {code} says: {answers}": "No hace falta salvo que {code} diga: {answers}",
  "Not needed unless {code} counts {n} or more": "No hace falta salvo que {code} cuente {n} o más",
  "Not needed unless {code} counts {n} or fewer": "No hace falta salvo que {code} cuente {n} o menos",
  "Not needed unless {code} counts {n} to {m}": "No hace falta salvo que {code} cuente de {n} a {m}",
  "not asked for yet. Open": "aún no se pide. Abrir",
  "Done all the same": "Hecho de todos modos",
  "kept, and marked as out of order": "se guarda y se marca como fuera de orden",
  "Out of order": "Fuera de orden",
  "Out of order: the card did not ask for it yet.": "Fuera de orden: la ficha aún no lo pedía.",
  "Out of order: {n}": "Fuera de orden: {n}",
  "Overdue step": "Paso vencido",
  "told {name} {time}": "avisado {name} {time}",
  "all leaders": "todos los responsables",
  "Not asked for yet: {n}": "Aún no se pide: {n}",
};

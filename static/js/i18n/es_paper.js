/** Paper: packets that go out, sheets that come back in. */
export default {
  "Type a sheet back in": "Pasar una hoja",
  "what was written on paper": "lo que se escribió en papel",
  "Print packet": "Imprimir paquete",
  "cards, log, numbers and poster of a unit": "fichas, registro, números y cartel de una unidad",
  "Paper packets not printed since {time}": "Paquetes de papel sin imprimir desde {time}",
};

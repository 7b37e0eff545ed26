/** Spanish of the triage queue. */
export default {
  "Help and questions": "Ayuda y preguntas",
  "Question": "Pregunta",
  "This step is wrong": "Este paso está mal",
  "Needs help": "Necesita ayuda",
  "Hand on": "Pasar a otro",
  "Hand it to": "Pasarlo a",
  "Nobody else leads here now.": "Ahora no hay nadie más al mando.",
  "late, waits {n} min": "tarde, espera {n} min",
  "Answer, then tell everybody": "Responder y avisar a todos",
  "Tell everybody": "Avisar a todos",
  "Answered: {n}": "Respondidas: {n}",
  "A question": "Una pregunta",
  "a leader answers it here": "un responsable la responde aquí",
  "Handed a request to {name}": "Pasó una petición a {name}",
  "Ask": "Preguntar",
  "What do you want to know?": "¿Qué quiere saber?",
};

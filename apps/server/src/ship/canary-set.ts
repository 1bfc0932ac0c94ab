/** A question with answers of different worth and length. */
export interface Canary {
  readonly question: string;
  readonly answers: readonly [string, ...string[]];
}

const long =
  'It depends on where it goes and how it is sent. Within the country most parcels take two to three working days; to a neighbouring country four to six; overseas ten to twenty, because of customs. Express is about twice as fast and costs more. You find the current place of your parcel under its number, and if nothing changes there for a week, please write to us so that we can ask the carrier. ';

/** What a model has to score before it is given any traffic: short and long, plain and odd, in several scripts. */
export const canaries: readonly Canary[] = [
  {
    question: 'How long does a parcel to another country usually take?',
    answers: [
      'A parcel to another country usually takes five to ten working days; express takes two to three.',
      'Bananas are yellow.',
      long,
    ],
  },
  {
    question: 'reset password??',
    answers: [
      'Click “Forgot password” on the sign-in page, and follow the link in the e-mail that we send you.',
      'No.',
      '1. Open the settings.\n2. Choose *Security*.\n3. Press `Reset`.\n',
    ],
  },
  {
    question: 'Làm thế nào để đổi địa chỉ giao hàng? 🚚',
    answers: [
      'Vào “Đơn hàng”, chọn đơn rồi bấm “Đổi địa chỉ” trước khi hàng được gửi.',
      '住所は変更できません。',
      'Ok 👍',
    ],
  },
  {
    question: `My question is a long one. ${'It has many details that hardly matter, and then some more. '.repeat(30)}What now?`,
    answers: [long.repeat(6), 'Could you say in one sentence what you need?', 'x'],
  },
];

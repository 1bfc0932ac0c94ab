import { catalogue } from '../../../text/catalogue.ts';
import { english, vietnamese } from '../../../text/formats.ts';

/** What the panel of the standing self-test says. */
export const text = catalogue({
  en: {
    title: 'Self-test',
    about:
      'Users of live traffic are sent to two arms as an experiment would send them, and both get the same. Nothing should differ. Nobody is answered otherwise because of it.',
    notYet: 'It was not looked at yet: that happens once in an hour.',
    verdicts: {
      not_enough_data: 'Not enough data: each arm needs 50 known users.',
      passes: 'Passes: nothing differs.',
      differs: 'Differs: do not trust experiments before you know why.',
      sample_ratio_mismatch: 'The arms do not fill evenly: do not trust experiments before you know why.',
    },
    users: (control: number, treatment: number) =>
      `${english.count(control)} and ${english.count(treatment)} users.`,
    split: (p: string) => `Even split: p ${p}.`,
    span: (from: string, to: string) =>
      `Since ${english.day(from)}; on ${english.day(to)} arms are drawn anew.`,
    looks: 'Newest looks',
    at: 'Looked at',
    pValue: 'Least p-value, for four metrics',
    splitP: 'Even split, p',
    curve: 'Least p-value over time, with the line at 0.01 below which it is told',
  },
  vi: {
    title: 'Tự kiểm tra',
    about:
      'Người dùng thật được chia vào hai nhánh như trong một thử nghiệm, nhưng cả hai nhận cùng một thứ. Không được có gì khác nhau. Không ai nhận câu trả lời khác đi vì việc này.',
    notYet: 'Chưa được xem lần nào: việc này diễn ra mỗi giờ một lần.',
    verdicts: {
      not_enough_data: 'Chưa đủ dữ liệu: mỗi nhánh cần 50 người dùng đã biết.',
      passes: 'Đạt: không có gì khác nhau.',
      differs: 'Có khác biệt: đừng tin các thử nghiệm trước khi biết vì sao.',
      sample_ratio_mismatch: 'Hai nhánh không đều: đừng tin các thử nghiệm trước khi biết vì sao.',
    },
    users: (control: number, treatment: number) =>
      `${vietnamese.count(control)} và ${vietnamese.count(treatment)} người dùng.`,
    split: (p: string) => `Chia đều: p ${p}.`,
    span: (from: string, to: string) =>
      `Từ ${vietnamese.day(from)}; ngày ${vietnamese.day(to)} chia lại các nhánh.`,
    looks: 'Các lần xem mới nhất',
    at: 'Lúc xem',
    pValue: 'Giá trị p nhỏ nhất, cho bốn chỉ số',
    splitP: 'Chia đều, p',
    curve: 'Giá trị p nhỏ nhất theo thời gian, với vạch 0,01 mà dưới đó sẽ được báo',
  },
});

import { catalogue } from '../text/catalogue.ts';
import { english, vietnamese } from '../text/formats.ts';

/** What the list of judging says. */
export const text = catalogue({
  en: {
    title: 'Judge',
    about: 'Compare and rate answers without knowing who wrote them.',
    tabs: { mine: 'My work', projects: 'Projects' },
    statuses: { draft: 'draft', running: 'running', paused: 'paused', closed: 'closed' },
    mine: {
      what: 'your projects',
      list: 'Projects that you judge',
      empty: 'Nobody has asked you to judge yet',
      emptyAbout: 'When a curator adds you to a project, it appears here with what is left for you.',
      emptyCurator: 'When you are among the judges of a project, it appears here. Start one under Projects.',
      start: 'Start',
      goOn: 'Go on',
      train: 'Start training',
      startProject: (verb: string, name: string) => `${verb}: ${name}`,
      training: (left: number) =>
        english.plural(left, { one: '# training item first', other: '# training items first' }),
      done: (done: number) => `${english.count(done)} judged`,
      left: (left: number) => `${english.count(left)} left`,
      quota: (quota: number) => `quota ${english.count(quota)}`,
      pace: (pace: number) => `${english.count(Math.round(pace))} an hour`,
      minutes: (minutes: number) =>
        english.plural(minutes, { one: 'about # minute', other: 'about # minutes' }),
      last: 'last judged',
      progress: (name: string) => `Progress in ${name}`,
      waiting: {
        nothing_left: 'nothing left for you just now',
        quota_reached: 'your quota is reached',
        not_running: 'not running now',
      },
    },
    projects: {
      what: 'judging projects',
      list: 'Judging projects',
      empty: 'No judging project yet',
      emptyAbout:
        'A project asks several people the same questions about the same answers, blind, and tells how far they agree. Its votes become preference pairs.',
      create: 'New project',
      createAbout:
        'It starts as a draft with one question, “Which response is better?”. You can change everything before it runs.',
      name: 'Name',
      namePlaceholder: 'Billing answers, March',
      createIt: 'Create the draft',
      firstQuestion: 'Which response is better?',
      progress: 'Progress',
      judges: 'Judges',
      status: 'Status',
      changed: 'Changed',
      items: (done: number, items: number) =>
        `${english.count(done)} of ${english.plural(items, { one: '# item', other: '# items' })}`,
      noItems: 'no items yet',
    },
  },
  vi: {
    title: 'Chấm',
    about: 'So sánh và cho điểm các câu trả lời mà không biết ai viết.',
    tabs: { mine: 'Việc của tôi', projects: 'Dự án' },
    statuses: { draft: 'bản nháp', running: 'đang chạy', paused: 'tạm dừng', closed: 'đã đóng' },
    mine: {
      what: 'các dự án của bạn',
      list: 'Các dự án bạn chấm',
      empty: 'Chưa ai nhờ bạn chấm',
      emptyAbout:
        'Khi người duyệt thêm bạn vào một dự án, dự án đó hiện ra ở đây cùng phần việc còn lại của bạn.',
      emptyCurator: 'Khi bạn là người chấm của một dự án, dự án đó hiện ra ở đây. Hãy tạo dự án ở thẻ Dự án.',
      start: 'Bắt đầu',
      goOn: 'Tiếp tục',
      train: 'Bắt đầu luyện tập',
      startProject: (verb: string, name: string) => `${verb}: ${name}`,
      training: (left: number) => vietnamese.plural(left, { other: 'trước hết có # mục luyện tập' }),
      done: (done: number) => `đã chấm ${vietnamese.count(done)}`,
      left: (left: number) => `còn ${vietnamese.count(left)}`,
      quota: (quota: number) => `hạn mức ${vietnamese.count(quota)}`,
      pace: (pace: number) => `${vietnamese.count(Math.round(pace))} mục mỗi giờ`,
      minutes: (minutes: number) => vietnamese.plural(minutes, { other: 'khoảng # phút' }),
      last: 'chấm lần cuối',
      progress: (name: string) => `Tiến độ của ${name}`,
      waiting: {
        nothing_left: 'hiện không còn gì cho bạn',
        quota_reached: 'bạn đã chấm đủ hạn mức',
        not_running: 'hiện không chạy',
      },
    },
    projects: {
      what: 'các dự án chấm',
      list: 'Các dự án chấm',
      empty: 'Chưa có dự án chấm nào',
      emptyAbout:
        'Một dự án hỏi nhiều người cùng những câu hỏi về cùng những câu trả lời, không lộ tên, và cho biết họ đồng ý với nhau đến đâu. Các phiếu trở thành cặp ưu tiên.',
      create: 'Dự án mới',
      createAbout:
        'Dự án bắt đầu là bản nháp với một câu hỏi: “Câu trả lời nào tốt hơn?”. Bạn đổi được mọi thứ trước khi chạy.',
      name: 'Tên',
      namePlaceholder: 'Câu trả lời về thanh toán, tháng 3',
      createIt: 'Tạo bản nháp',
      firstQuestion: 'Câu trả lời nào tốt hơn?',
      progress: 'Tiến độ',
      judges: 'Người chấm',
      status: 'Trạng thái',
      changed: 'Thay đổi',
      items: (done: number, items: number) =>
        `${vietnamese.count(done)} trên ${vietnamese.plural(items, { other: '# mục' })}`,
      noItems: 'chưa có mục nào',
    },
  },
});

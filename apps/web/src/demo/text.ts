import { catalogue } from '../text/catalogue.ts';
import { english, vietnamese } from '../text/formats.ts';

/** What is said of demo data. */
export const text = catalogue({
  en: {
    label: 'Demo data',
    loaded: 'Questions, ratings, data sets and models here come from the demo corpus.',
    loading: 'The demo corpus is being loaded: more appears as you look.',
    failed: 'Loading it broke off. What came is kept.',
    goOn: 'Go on',
    offer: 'Or look around first',
    offerAbout:
      'Load the demo corpus: 427 health questions with answers that people rated, a data set, and a reward model that chooses answers. It takes a minute or two, and one click removes all of it.',
    load: 'Load the demo',
    stage: (n: number, of: number) => `${n}/${of}`,
    stages: {
      candidates: 'Storing candidates',
      ask: 'Asking and rating',
      import: 'Importing ratings',
      ship: 'Training a reward model',
      desk: 'Conversations and pairs',
    },
    remove: 'Remove the demo data',
    title: 'Remove the demo data?',
    about:
      'Its answers, ratings, pairs and data sets go, and every model that was trained on them: no reward model chooses answers until you train your own. What you asked and rated yourselves stays.',
    removed: (answers: number, feedback: number) =>
      `Removed ${english.plural(answers, { one: '# answer', other: '# answers' })} and ${english.plural(feedback, { one: '# rating', other: '# ratings' })} of the demo`,
  },
  vi: {
    label: 'Dữ liệu mẫu',
    loaded: 'Câu hỏi, đánh giá, tập dữ liệu và mô hình ở đây đến từ bộ dữ liệu mẫu.',
    loading: 'Bộ dữ liệu mẫu đang được nạp: dữ liệu sẽ hiện dần.',
    failed: 'Việc nạp bị gián đoạn. Phần đã nạp vẫn được giữ.',
    goOn: 'Tiếp tục',
    offer: 'Hoặc xem thử trước',
    offerAbout:
      'Nạp bộ dữ liệu mẫu: 427 câu hỏi y tế với các câu trả lời đã được người dùng đánh giá, một tập dữ liệu và một mô hình thưởng chọn câu trả lời. Mất một hai phút, và xóa được tất cả bằng một cú nhấp.',
    load: 'Nạp dữ liệu mẫu',
    stage: (n: number, of: number) => `${n}/${of}`,
    stages: {
      candidates: 'Lưu các câu trả lời',
      ask: 'Hỏi và đánh giá',
      import: 'Nhập đánh giá',
      ship: 'Huấn luyện mô hình thưởng',
      desk: 'Hội thoại và cặp',
    },
    remove: 'Xóa dữ liệu mẫu',
    title: 'Xóa dữ liệu mẫu?',
    about:
      'Câu trả lời, đánh giá, cặp và tập dữ liệu mẫu sẽ bị xóa, cùng mọi mô hình được huấn luyện từ đó: sẽ không có mô hình thưởng nào chọn câu trả lời cho đến khi bạn huấn luyện mô hình của mình. Những gì chính các bạn đã hỏi và đánh giá vẫn còn.',
    removed: (answers: number, feedback: number) =>
      `Đã xóa ${vietnamese.plural(answers, { other: '# câu trả lời' })} và ${vietnamese.plural(feedback, { other: '# đánh giá' })} mẫu`,
  },
});

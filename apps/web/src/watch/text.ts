import { catalogue } from '../text/catalogue.ts';
import { english, vietnamese } from '../text/formats.ts';

/** What the live page and its parts say. */
export const text = catalogue({
  en: {
    title: 'Live',
    about: 'What people say about the answers of each reward model, as it comes in.',
    connection: { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' },
    counters: 'counters',
    panel: 'How answers are received',
    panelName: 'Live counters',
    panelEmpty: 'Ratings appear here as soon as somebody gives one.',
    empty: 'Nothing counted yet',
    emptyAbout: 'Ask a question and rate the answer: it shows here within a second.',
    totals: { answers: 'Answers', feedback: 'All feedback', alerts: 'Open alerts' },
    answers: (n: number) => english.plural(n, { one: '# answer', other: '# answers' }),
    feedback: (n: number) => `${english.count(n)} feedback`,
    openAlerts: (n: number) => english.plural(n, { one: '# open alert', other: '# open alerts' }),
    noModel: 'Without a reward model',
    noRatings: 'no ratings yet',
    showIdle: (n: number) =>
      `Show all: ${english.plural(n, { one: '# version', other: '# versions' })} without traffic or ratings`,
    hideIdle: 'Hide versions without traffic or ratings',
    average: (n: number) => `average, n = ${english.count(n)}`,
    trend: 'Last 50 ratings against the 50 before',
    trendSpoken: 'against the 50 ratings before',
    thumbs: (up: number, down: number) => `${english.count(up)} thumbs up · ${english.count(down)} down`,
    corrections: (n: number) => english.plural(n, { one: '# correction', other: '# corrections' }),
    bar: (n: number, stars: number) =>
      `${english.plural(n, { one: '# rating', other: '# ratings' })} of ${stars}`,
    alerts: {
      title: 'Alerts',
      what: 'alerts',
      none: 'No alerts',
      noneAbout:
        'They fire when the average rating falls below its threshold, negative feedback comes in a burst, or somebody reports an answer as unsafe.',
      kinds: {
        average_rating: 'Average rating',
        negative_spike: 'Negative feedback',
        safety_report: 'Safety report',
      },
      states: { firing: 'open', resolved: 'resolved' },
      acknowledgedBy: (who: string) => `acknowledged by ${who}`,
      undelivered: 'the webhook did not take it',
      acknowledge: 'I look after it',
    },
  },
  vi: {
    title: 'Trực tiếp',
    about: 'Mọi người nói gì về câu trả lời của từng mô hình thưởng, ngay khi có phản hồi.',
    connection: { connecting: 'Đang kết nối', live: 'Trực tiếp', reconnecting: 'Đang kết nối lại' },
    counters: 'số liệu',
    panel: 'Câu trả lời được đón nhận ra sao',
    panelName: 'Số liệu trực tiếp',
    panelEmpty: 'Đánh giá sẽ hiện ở đây ngay khi có người đưa ra.',
    empty: 'Chưa có gì được đếm',
    emptyAbout: 'Hãy đặt một câu hỏi và đánh giá câu trả lời: kết quả hiện ở đây trong vòng một giây.',
    totals: { answers: 'Câu trả lời', feedback: 'Mọi phản hồi', alerts: 'Cảnh báo đang mở' },
    answers: (n: number) => vietnamese.plural(n, { other: '# câu trả lời' }),
    feedback: (n: number) => vietnamese.plural(n, { other: '# phản hồi' }),
    openAlerts: (n: number) => vietnamese.plural(n, { other: '# cảnh báo đang mở' }),
    noModel: 'Không có mô hình thưởng',
    noRatings: 'chưa có đánh giá',
    showIdle: (n: number) =>
      `Hiện tất cả: ${vietnamese.plural(n, { other: '# phiên bản' })} không có lưu lượng hay đánh giá`,
    hideIdle: 'Ẩn các phiên bản không có lưu lượng hay đánh giá',
    average: (n: number) => `trung bình, n = ${vietnamese.count(n)}`,
    trend: '50 đánh giá gần nhất so với 50 đánh giá trước đó',
    trendSpoken: 'so với 50 đánh giá trước đó',
    thumbs: (up: number, down: number) =>
      `${vietnamese.count(up)} thích · ${vietnamese.count(down)} không thích`,
    corrections: (n: number) => vietnamese.plural(n, { other: '# bản sửa' }),
    bar: (n: number, stars: number) => `${vietnamese.count(n)} đánh giá ${stars} sao`,
    alerts: {
      title: 'Cảnh báo',
      what: 'cảnh báo',
      none: 'Không có cảnh báo',
      noneAbout:
        'Cảnh báo xuất hiện khi điểm trung bình xuống dưới ngưỡng, khi phản hồi xấu dồn dập, hoặc khi có người báo một câu trả lời là không an toàn.',
      kinds: {
        average_rating: 'Điểm trung bình',
        negative_spike: 'Phản hồi xấu',
        safety_report: 'Báo cáo an toàn',
      },
      states: { firing: 'đang mở', resolved: 'đã xử lý' },
      acknowledgedBy: (who: string) => `${who} đã nhận`,
      undelivered: 'webhook chưa nhận được',
      acknowledge: 'Tôi sẽ xử lý',
    },
  },
});

import type { AlertRule } from '@attune/contracts';
import { catalogue } from '../text/catalogue.ts';
import { english, vietnamese } from '../text/formats.ts';

type Figure = 'threshold' | 'window' | 'minimum_n' | 'hysteresis';

/** `2 s`, `10 %`, `3.5`: a threshold or hysteresis in its unit. */
function inUnit(value: number | null, unit: AlertRule['threshold_unit'], deviations: string): string {
  if (value === null) return '';
  if (unit === 'share') return `${Number((value * 100).toFixed(2))} %`;
  if (unit === 'seconds') return `${value} s`;
  return unit === 'deviations' ? `${value} ${deviations}` : String(value);
}

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
        'They fire when answers get slow or fail, ratings fall, negative feedback comes in a burst, or somebody reports an answer as unsafe.',
      kinds: {
        latency_p95: 'Slow answers',
        error_rate: 'Failed answers',
        feedback_rate: 'Less feedback',
        average_rating: 'Average rating',
        negative_spike: 'Negative feedback',
        reward_shift: 'Rewards shifted',
        accuracy_fall: 'Accuracy on fresh labels',
        over_optimisation: 'Over-optimisation',
        safety_report: 'Safety report',
        budget: 'Budget',
        job_lost: 'A job was lost',
        disk: 'Disk',
        model_ready: 'A model is ready',
        experiment_ended: 'An experiment ended',
        self_test: 'The self-test of experiments differs',
        ramp_rolled_back: 'A model was rolled back',
        ramp_held: 'A ramp waits for a decision',
        retraining_paused: 'Retraining paused',
      },
      states: { firing: 'open', resolved: 'resolved' },
      acknowledgedBy: (who: string) => `acknowledged by ${who}`,
      undelivered: 'a channel has not taken it',
      manage: 'History, rules and channels',
      acknowledge: 'I look after it',
      toModel: 'Its gates, and its deployment',
      about: 'What fired and why, the rules behind it, and who is told.',
      severities: { critical: 'critical', warning: 'warning', info: 'for information' },
      seen: (n: number) => `seen ${english.count(n)} times`,
      silenced: 'silenced',
      settingsWebhook: 'Webhook of the server settings',
      deliveryStates: { pending: 'on its way', delivered: 'delivered', failed: 'given up' },
      attempts: (n: number) => english.plural(n, { one: '# attempt', other: '# attempts' }),
      state: 'State',
      anyState: 'Open or resolved',
      kind: 'Kind',
      anyKind: 'Any kind',
    },
    alertTabs: { history: 'History', rules: 'Rules', silences: 'Silences', channels: 'Channels' },
    rules: {
      what: 'rules',
      about: (rule: AlertRule) => {
        const {
          threshold,
          threshold_unit: unit,
          direction,
          window,
          window_unit,
          minimum_n,
          hysteresis,
        } = rule;
        if (threshold === null) return 'Fires when it happens, until somebody has seen it.';
        const bound = inUnit(threshold, unit, 'standard deviations');
        const unitText = window === 1 ? window_unit?.slice(0, -1) : window_unit;
        const over = window === null ? '' : ` over ${window} ${unitText}`;
        const from = minimum_n === null ? '' : `, from ${english.count(minimum_n)} observations`;
        const ends = `ends ${inUnit(hysteresis, unit, 'standard deviations')} better`;
        return `Fires ${direction} ${bound}${over}${from}; ${ends}.`;
      },
      changed: 'changed',
      on: 'On',
      off: 'Off',
      edit: 'Change',
      save: 'Save the rule',
      reset: 'Back to the default',
      severity: 'How bad it is',
      channels: 'Channels that are told',
      figures: {
        threshold: 'Threshold',
        window: 'Window',
        minimum_n: 'Fewest observations',
        hysteresis: 'Hysteresis',
      },
      figureHint: (rule: AlertRule, figure: Figure) => {
        if (figure === 'hysteresis') return 'How much better than the threshold it must be to end.';
        const { least, most } = rule.ranges[figure] ?? { least: 0, most: 0 };
        const unit =
          figure === 'threshold' ? rule.threshold_unit : figure === 'window' ? rule.window_unit : '';
        return `${least} to ${most} ${unit ?? ''}`.trim();
      },
    },
    silences: {
      what: 'silences',
      none: 'Nothing is silenced',
      noneAbout: 'Silence an alert that you know about: it stays in the list, and nobody is told.',
      begin: 'Silence',
      beginAbout: 'It stays in the list, and no channel is told.',
      reason: 'Reason',
      hours: 'For how long',
      spans: { '1': 'an hour', '8': 'eight hours', '24': 'a day', '168': 'a week' },
      reach: 'What is silenced',
      thisSubject: 'Only what this alert is about',
      wholeKind: 'Everything of this kind',
      everything: 'Every alert',
      until: (when: string, who: string) => `until ${when}, by ${who}`,
      end: 'End it',
    },
    channels: {
      what: 'channels',
      none: 'No channels yet',
      noneAbout: 'Add a webhook, a Slack channel or a mailbox, and send it a test.',
      add: 'Add a channel',
      addAbout: 'Secrets are encrypted and never shown again.',
      kind: 'Kind',
      kinds: { webhook: 'Webhook', slack: 'Slack', email: 'E-mail' },
      name: 'Name',
      url: 'Address',
      urlHint: 'Begins with https://. It is not shown again.',
      secret: 'Signing secret',
      secretAbout: 'Shown this once. The receiver checks the header webhook-signature with it.',
      mail: {
        host: 'Mail server',
        port: 'Port',
        from: 'From',
        to: 'To, separated by commas',
        security: 'Encryption',
        username: 'User name',
        password: 'Password',
      },
      securities: { starttls: 'STARTTLS', tls: 'TLS from the start', none: 'none' },
      last: 'last message',
      active: 'Active',
      paused: 'Paused',
      reports: 'Reports too',
      test: 'Send a test',
      tested: 'The test was delivered.',
      remove: 'Remove',
      removeTitle: (name: string) => `Remove ${name}?`,
      removeAbout: 'Alerts are no longer told there.',
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
        'Cảnh báo xuất hiện khi câu trả lời chậm hoặc lỗi, khi điểm đánh giá giảm, khi phản hồi xấu dồn dập, hoặc khi có người báo một câu trả lời là không an toàn.',
      kinds: {
        latency_p95: 'Trả lời chậm',
        error_rate: 'Trả lời lỗi',
        feedback_rate: 'Ít phản hồi hơn',
        average_rating: 'Điểm trung bình',
        negative_spike: 'Phản hồi xấu',
        reward_shift: 'Điểm thưởng thay đổi',
        accuracy_fall: 'Độ chính xác trên nhãn mới',
        over_optimisation: 'Tối ưu quá mức',
        safety_report: 'Báo cáo an toàn',
        budget: 'Ngân sách',
        job_lost: 'Mất một lượt huấn luyện',
        disk: 'Ổ đĩa',
        model_ready: 'Có mô hình mới',
        experiment_ended: 'Một thử nghiệm đã kết thúc',
        self_test: 'Tự kiểm tra thử nghiệm cho thấy khác biệt',
        ramp_rolled_back: 'Một mô hình đã được thu về',
        ramp_held: 'Một lần tăng dần chờ quyết định',
        retraining_paused: 'Huấn luyện lại đã tạm dừng',
      },
      states: { firing: 'đang mở', resolved: 'đã xử lý' },
      acknowledgedBy: (who: string) => `${who} đã nhận`,
      undelivered: 'có kênh chưa nhận được',
      manage: 'Lịch sử, quy tắc và kênh',
      acknowledge: 'Tôi sẽ xử lý',
      toModel: 'Cổng kiểm tra và triển khai của nó',
      about: 'Điều gì đã xảy ra và vì sao, các quy tắc phía sau, và ai được báo.',
      severities: { critical: 'nghiêm trọng', warning: 'cảnh báo', info: 'để biết' },
      seen: (n: number) => `thấy ${vietnamese.count(n)} lần`,
      silenced: 'đã tắt báo',
      settingsWebhook: 'Webhook trong cài đặt máy chủ',
      deliveryStates: { pending: 'đang gửi', delivered: 'đã gửi', failed: 'đã bỏ cuộc' },
      attempts: (n: number) => `${vietnamese.count(n)} lần thử`,
      state: 'Trạng thái',
      anyState: 'Đang mở hoặc đã xử lý',
      kind: 'Loại',
      anyKind: 'Mọi loại',
    },
    alertTabs: { history: 'Lịch sử', rules: 'Quy tắc', silences: 'Tắt báo', channels: 'Kênh' },
    rules: {
      what: 'quy tắc',
      about: (rule: AlertRule) => {
        const {
          threshold,
          threshold_unit: unit,
          direction,
          window,
          window_unit,
          minimum_n,
          hysteresis,
        } = rule;
        if (threshold === null) return 'Báo khi việc đó xảy ra, cho đến khi có người xem.';
        const side = direction === 'below' ? 'dưới' : 'trên';
        const bound = inUnit(threshold, unit, 'độ lệch chuẩn');
        const units = { hours: 'giờ', days: 'ngày', reactions: 'phản ứng' };
        const over = window === null || window_unit === null ? '' : ` trong ${window} ${units[window_unit]}`;
        const from = minimum_n === null ? '' : `, từ ${vietnamese.count(minimum_n)} quan sát`;
        const ends = `hết khi tốt hơn ${inUnit(hysteresis, unit, 'độ lệch chuẩn')}`;
        return `Báo khi ${side} ${bound}${over}${from}; ${ends}.`;
      },
      changed: 'đã thay đổi',
      on: 'Bật',
      off: 'Tắt',
      edit: 'Thay đổi',
      save: 'Lưu quy tắc',
      reset: 'Về mặc định',
      severity: 'Mức độ',
      channels: 'Các kênh được báo',
      figures: {
        threshold: 'Ngưỡng',
        window: 'Khoảng xét',
        minimum_n: 'Số quan sát ít nhất',
        hysteresis: 'Độ trễ',
      },
      figureHint: (rule: AlertRule, figure: Figure) => {
        if (figure === 'hysteresis') return 'Phải tốt hơn ngưỡng bao nhiêu thì hết.';
        const { least, most } = rule.ranges[figure] ?? { least: 0, most: 0 };
        return `từ ${least} đến ${most}`;
      },
    },
    silences: {
      what: 'các lần tắt báo',
      none: 'Không có gì bị tắt báo',
      noneAbout: 'Hãy tắt báo một cảnh báo đã biết: nó vẫn ở trong danh sách và không ai được báo.',
      begin: 'Tắt báo',
      beginAbout: 'Nó vẫn ở trong danh sách và không kênh nào được báo.',
      reason: 'Lý do',
      hours: 'Trong bao lâu',
      spans: { '1': 'một giờ', '8': 'tám giờ', '24': 'một ngày', '168': 'một tuần' },
      reach: 'Tắt báo điều gì',
      thisSubject: 'Chỉ điều mà cảnh báo này nói đến',
      wholeKind: 'Mọi cảnh báo cùng loại',
      everything: 'Mọi cảnh báo',
      until: (when: string, who: string) => `đến ${when}, bởi ${who}`,
      end: 'Kết thúc',
    },
    channels: {
      what: 'các kênh',
      none: 'Chưa có kênh nào',
      noneAbout: 'Hãy thêm một webhook, một kênh Slack hoặc một hộp thư rồi gửi thử.',
      add: 'Thêm kênh',
      addAbout: 'Bí mật được mã hóa và không bao giờ hiện lại.',
      kind: 'Loại',
      kinds: { webhook: 'Webhook', slack: 'Slack', email: 'Thư điện tử' },
      name: 'Tên',
      url: 'Địa chỉ',
      urlHint: 'Bắt đầu bằng https://. Địa chỉ sẽ không hiện lại.',
      secret: 'Bí mật để ký',
      secretAbout: 'Chỉ hiện lần này. Bên nhận dùng nó để kiểm tra webhook-signature.',
      mail: {
        host: 'Máy chủ thư',
        port: 'Cổng',
        from: 'Người gửi',
        to: 'Người nhận, cách nhau bằng dấu phẩy',
        security: 'Mã hóa',
        username: 'Tên đăng nhập',
        password: 'Mật khẩu',
      },
      securities: { starttls: 'STARTTLS', tls: 'TLS ngay từ đầu', none: 'không' },
      last: 'tin gần nhất',
      active: 'Đang dùng',
      paused: 'Tạm dừng',
      reports: 'Cả báo cáo',
      test: 'Gửi thử',
      tested: 'Tin thử đã được gửi.',
      remove: 'Xóa',
      removeTitle: (name: string) => `Xóa ${name}?`,
      removeAbout: 'Cảnh báo sẽ không còn được gửi đến đó.',
    },
  },
});

import type { ErrorCode } from '@attune/contracts';

interface Words {
  readonly message: string;
  /** Null where the server's own sentence says what exactly is wrong. */
  readonly hint: string | null;
}

type Table = Readonly<Record<ErrorCode, readonly [message: string, hint: string | null]>>;

const vietnamese: Table = {
  malformed_json: ['Nội dung yêu cầu không phải là JSON hợp lệ.', 'Hãy tải lại trang và thử lại.'],
  invalid_request: ['Một trường bị thiếu, sai kiểu hoặc ngoài khoảng cho phép.', null],
  body_too_large: [
    'Nội dung gửi đi lớn hơn mức máy chủ chấp nhận.',
    'Hãy gửi thành nhiều phần nhỏ hơn, hoặc tăng ATTUNE_MAX_BODY_BYTES.',
  ],
  unsupported_media_type: ['Loại nội dung này không được hỗ trợ ở đây.', null],
  invalid_cursor: [
    'Danh sách đã thay đổi và không thể đọc tiếp từ chỗ này.',
    'Hãy tải lại danh sách từ đầu.',
  ],
  unauthenticated: ['Bạn chưa đăng nhập.', 'Hãy đăng nhập bằng một liên kết mới.'],
  sign_in_link_invalid: [
    'Liên kết đăng nhập này đã được dùng hoặc đã hết hạn.',
    'Chạy `attune admin-link` trên máy chủ để có liên kết mới, hoặc nhờ quản trị viên.',
  ],
  forbidden: ['Vai trò của bạn không cho phép việc này.', 'Hãy nhờ quản trị viên cấp vai trò cao hơn.'],
  origin_not_allowed: [
    'Yêu cầu đến từ một trang web khác, không phải Attune.',
    'Hãy mở Attune trực tiếp rồi thử lại.',
  ],
  route_not_found: ['Không có gì ở địa chỉ này.', 'Hãy tải lại trang; có thể máy chủ vừa được nâng cấp.'],
  response_not_found: ['Không tìm thấy câu trả lời này trong tổ chức của bạn.', 'Có thể nó đã bị xóa.'],
  feedback_not_found: ['Không tìm thấy phản hồi này trong tổ chức của bạn.', 'Có thể nó đã bị xóa.'],
  dataset_not_found: ['Không tìm thấy tập dữ liệu này trong tổ chức của bạn.', 'Có thể nó đã bị xóa.'],
  pair_not_found: ['Không tìm thấy cặp này trong tổ chức của bạn.', 'Có thể nó đã bị xóa.'],
  job_not_found: ['Không tìm thấy công việc này trong tổ chức của bạn.', 'Hãy tải lại danh sách công việc.'],
  model_not_found: ['Không có mô hình nào với tên này.', 'Hãy tải lại danh sách mô hình.'],
  document_not_found: ['Không tìm thấy tài liệu này trong tổ chức của bạn.', 'Có thể nó đã bị xóa.'],
  member_not_found: ['Không tìm thấy thành viên này trong tổ chức của bạn.', 'Có thể người đó đã bị gỡ ra.'],
  key_not_found: ['Không tìm thấy khóa API này trong tổ chức của bạn.', 'Có thể nó đã bị thu hồi.'],
  alert_not_found: ['Không tìm thấy cảnh báo này trong tổ chức của bạn.', 'Hãy tải lại trang.'],
  alert_channel_not_found: ['Không tìm thấy kênh cảnh báo này trong tổ chức của bạn.', 'Hãy tải lại trang.'],
  alert_channels_full: ['Một tổ chức có nhiều nhất 20 kênh cảnh báo.', 'Hãy xóa một kênh không còn dùng.'],
  alert_silence_not_found: [
    'Không có lần tắt báo nào đang hiệu lực với mã này trong tổ chức của bạn.',
    'Hãy tải lại trang.',
  ],
  report_not_found: [
    'Không tìm thấy báo cáo này, hoặc việc được đề xuất trong đó, trong tổ chức của bạn.',
    'Hãy tải lại trang.',
  ],
  artifact_not_found: ['Tệp này không còn ở đó.', 'Hãy xuất lại tập dữ liệu hoặc huấn luyện lại mô hình.'],
  lineage_not_found: ['Không tìm thấy nguồn gốc của mục này trong tổ chức của bạn.', 'Hãy tải lại trang.'],
  idempotency_conflict: ['Yêu cầu này đã được gửi với nội dung khác.', 'Hãy tải lại trang và thử lại.'],
  dataset_frozen: ['Tập dữ liệu này đã đóng băng, không thể thay đổi nữa.', 'Hãy tạo một phiên bản mới.'],
  dataset_not_ready: ['Tập dữ liệu này chưa được đóng băng.', 'Hãy đóng băng nó trước.'],
  dataset_damaged: [
    'Tệp lưu của tập dữ liệu này bị hỏng: nội dung không còn như lúc đóng băng.',
    'Hãy khôi phục tệp đó từ bản sao lưu hoặc tạo lại tập dữ liệu, và kiểm tra ổ đĩa.',
  ],
  job_not_running: ['Công việc này đã kết thúc.', 'Hãy bắt đầu một công việc mới.'],
  trainer_missing: [
    'Bộ huấn luyện PyTorch chưa được cài trên máy chủ này.',
    'Chạy `./attune trainer install` trên máy chủ, hoặc đặt ATTUNE_TRAINER_PYTHON.',
  ],
  upload_out_of_step: [
    'Phần này không bắt đầu ở chỗ các phần trước kết thúc.',
    'Hỏi bằng GET xem đã nhận được bao nhiêu rồi tiếp tục từ đó.',
  ],
  upload_damaged: ['Tệp tải lên không có mã kiểm tra như đã báo; tệp đã bị bỏ.', 'Gửi lại từ byte đầu tiên.'],
  cluster_missing: [
    'Chưa thiết lập cụm Ray để huấn luyện.',
    'Đặt ATTUNE_RAY_URL thành địa chỉ bảng điều khiển của cụm, hoặc chọn trình chạy `local`.',
  ],
  retraining_rule_not_found: ['Không có quy tắc huấn luyện lại này.', 'Hãy tải lại danh sách quy tắc.'],
  retraining_rule_exists: ['Đã có quy tắc mang tên này.', 'Hãy chọn tên khác, hoặc sửa quy tắc đó.'],
  retraining_running: [
    'Một lần chạy của quy tắc này đang diễn ra.',
    'Hãy đợi nó kết thúc, hoặc dừng công việc huấn luyện của nó.',
  ],
  budget_exceeded: [
    'Công việc này có thể tốn nhiều hơn ngân sách còn lại của tháng.',
    'Hãy giảm số giờ tối đa, hoặc nhờ quản trị viên tăng ngân sách.',
  ],
  gates_failed: [
    'Các cổng kiểm tra từ chối lần triển khai này.',
    'Xem GET /api/models/:id/gates để biết kết quả đo. Quản trị viên vẫn triển khai được bằng `force` kèm `reason`.',
  ],
  model_not_deployable: [
    'Không thể triển khai mô hình này.',
    'Chỉ mô hình chưa lưu trữ mới nhận được lưu lượng: mô hình thưởng còn đọc được tệp, hoặc mô hình trả lời có điểm cuối đang trả lời; mô hình đang có lưu lượng thì không lưu trữ được.',
  ],
  experiment_not_found: ['Không có thử nghiệm này.', 'GET /api/experiments liệt kê các thử nghiệm.'],
  experiment_state: [
    'Thử nghiệm không ở trạng thái cho phép việc này.',
    'Hãy xem `status` của nó: đã kết thúc là kết thúc, và chỉ thử nghiệm đang chạy mới tạm dừng được.',
  ],
  experiment_undecided: [
    'Kết quả chưa khuyến nghị triển khai phương án thử nghiệm.',
    'Hãy để nó chạy tiếp, hoặc gửi `force` để vẫn triển khai.',
  ],
  no_traffic_left: [
    'Các thử nghiệm khác đang chiếm lưu lượng mà thử nghiệm này cần.',
    'Hãy kết thúc hoặc tạm dừng một thử nghiệm, hoặc xin `traffic` nhỏ hơn: không ai tham gia hai thử nghiệm về mô hình thưởng cùng lúc.',
  ],
  ramp_under_way: [
    'Một mô hình đang được tăng dần lưu lượng; phép so sánh của nó và một thử nghiệm sẽ làm sai lệch nhau.',
    'Hãy chờ đến khi xong, chuyển thẳng đến toàn bộ lưu lượng, hoặc thu mô hình về; GET /api/ramps cho thấy nó.',
  ],
  experiment_under_way: [
    'Một thử nghiệm đang dùng lưu lượng; phép so sánh của nó và việc tăng dần lưu lượng sẽ làm sai lệch nhau.',
    'Hãy kết thúc hoặc tạm dừng thử nghiệm, dành toàn bộ lưu lượng cho mô hình thử, hoặc triển khai với `full`.',
  ],
  shadow_not_found: [
    'Mô hình này chưa từng chạy ngầm trên lưu lượng thật.',
    'Hãy bắt đầu bằng POST /api/models/:id/shadow.',
  ],
  shadow_under_way: [
    'Mô hình này đang chạy ngầm rồi, hoặc số mô hình chạy ngầm cùng lúc đã đạt mức tối đa.',
    'Hãy dừng một mô hình bằng POST /api/models/:id/shadow/stop, hoặc chờ đến khi nó kết thúc.',
  ],
  nothing_to_roll_back: [
    'Không có mô hình nào đang được triển khai để đẩy tiếp hoặc thu về.',
    'Hãy triển khai một mô hình trước.',
  ],
  last_admin: [
    'Không thể gỡ hoặc hạ vai trò của quản trị viên cuối cùng.',
    'Hãy cho một thành viên khác làm quản trị viên trước.',
  ],
  organization_exists: ['Đã có tổ chức với mã này.', 'Hãy chọn mã khác.'],
  member_exists: [
    'Đã có thành viên với địa chỉ e-mail này.',
    'Hãy đổi vai trò của người đó trong danh sách.',
  ],
  not_enough_data: [
    'Chưa có đủ dữ liệu được đánh giá để làm việc này.',
    'Hãy thu thập hoặc nhập thêm đánh giá; mô hình thưởng tuyến tính cần ít nhất 50 câu trả lời được đánh giá thuộc cả hai loại.',
  ],
  prompt_too_long: [
    'Cuộc trò chuyện dài hơn mức máy chủ chấp nhận.',
    'Hãy rút ngắn, hoặc tăng ATTUNE_MAX_PROMPT_CHARACTERS.',
  ],
  content_not_text: ['Mô hình này chỉ trả lời nội dung văn bản.', 'Hãy gửi văn bản.'],
  no_answer_available: [
    'Mô hình này không có câu trả lời cho câu hỏi.',
    'Hãy nạp tài liệu, nhập câu trả lời đã ghi, hoặc đặt ATTUNE_UPSTREAM_URL tới một mô hình biết viết câu trả lời.',
  ],
  answer_declined: [
    'Không câu trả lời nào đạt kiểm tra chất lượng, và tổ chức này chọn từ chối trong trường hợp đó.',
    'Hãy diễn đạt lại câu hỏi.',
  ],
  organization_not_empty: [
    'Tổ chức này đã có câu trả lời của mình.',
    'Hãy nạp dữ liệu mẫu vào một tổ chức chưa có câu hỏi nào.',
  ],
  rate_limited: ['Quá nhiều yêu cầu.', 'Hãy đợi một chút rồi thử lại.'],
  upstream_rate_limited: ['Mô hình phía sau đang giới hạn số yêu cầu.', 'Hãy đợi một chút rồi thử lại.'],
  upstream_rejected: ['Mô hình phía sau đã từ chối yêu cầu.', null],
  upstream_unavailable: [
    'Không liên lạc được với mô hình phía sau.',
    'Hãy kiểm tra ATTUNE_UPSTREAM_URL và ATTUNE_UPSTREAM_API_KEY; có thể gửi lại yêu cầu.',
  ],
  upstream_timeout: [
    'Mô hình phía sau không trả lời kịp.',
    'Hãy gửi lại, hoặc tăng ATTUNE_UPSTREAM_TIMEOUT_MS.',
  ],
  overloaded: ['Máy chủ đang quá tải.', 'Hãy đợi một chút rồi thử lại.'],
  database_unavailable: [
    'Không kết nối được cơ sở dữ liệu.',
    'Chưa có gì được ghi. Hãy thử lại sau giây lát.',
  ],
  scoring_unavailable: ['Mô hình thưởng hiện không chấm điểm được.', 'Hãy thử lại sau giây lát.'],
  conversation_not_found: ['Bạn không có cuộc trò chuyện này.', 'Có thể nó đã bị xóa.'],
  judging_project_not_found: [
    'Không tìm thấy dự án chấm này trong tổ chức của bạn.',
    'Hãy tải lại danh sách dự án.',
  ],
  judging_item_not_found: ['Không tìm thấy mục chấm này trong tổ chức của bạn.', 'Hãy tải lại danh sách.'],
  judgement_not_found: ['Mục này không được giữ cho bạn và bạn cũng chưa chấm nó.', 'Hãy lấy mục tiếp theo.'],
  not_a_judge: ['Bạn không thuộc nhóm chấm của dự án này.', 'Hãy nhờ người duyệt thêm bạn vào.'],
  judging_project_fixed: [
    'Không thể thay đổi điều này nữa: đã có người bắt đầu chấm.',
    'Hãy tạo dự án mới với câu hỏi hoặc mục đã sửa.',
  ],
  judging_not_ready: [
    'Hiện dự án chưa thể chuyển sang trạng thái này.',
    'Để chạy, dự án cần có mục và ít nhất số người chấm bằng số phiếu cho mỗi mục.',
  ],
  judging_not_running: [
    'Dự án không chạy, nên không ai chấm hay rút lại được lúc này.',
    'Không có gì bị mất. Hãy thử lại khi người duyệt cho chạy tiếp.',
  ],
  judging_reservation_lost: [
    'Mục này được giữ cho bạn quá lâu và người khác đã chấm xong.',
    'Hãy tiếp tục với mục sau.',
  ],
  judging_answer_invalid: ['Một câu trả lời không hợp với câu hỏi của nó.', null],
  judgement_final: [
    'Không thể đổi phiếu chấm này nữa.',
    'Chỉ mười phiếu gần nhất rút lại được, khi kết quả chưa hiện hoặc chưa được quyết.',
  ],
  decision_not_found: [
    'Không tìm thấy quyết định duyệt này trong tổ chức của bạn.',
    'Hãy tải lại danh sách.',
  ],
  view_not_found: ['Bạn không có chế độ xem đã lưu này.', 'Chỉ người tạo mới sửa được nó.'],
  item_reserved_by_other: [
    'Người khác đang duyệt mục này.',
    'Hãy tiếp tục với mục sau; mục này sẽ trống lại khi người đó quyết định, trả lại hoặc dừng.',
  ],
  review_set_changed: ['Tập khớp với bộ lọc đã thay đổi từ lúc xem trước.', 'Hãy xem trước lại.'],
  nothing_to_undo: ['Bạn không có quyết định nào để rút lại.', 'Mười quyết định gần nhất rút lại được.'],
  review_too_many: [
    'Bộ lọc khớp hơn 100.000 mục, quá nhiều cho một quyết định.',
    'Hãy thu hẹp bộ lọc, ví dụ theo ngày, và quyết định thành nhiều bước.',
  ],
  pair_changed: [
    'Người khác đã sửa cặp này từ lúc bạn đọc.',
    'Hãy so với bản hiện tại rồi gửi lại thay đổi của bạn.',
  ],
  too_much_feedback: [
    'Có nhiều phản hồi khớp hơn mức một tập dữ liệu hoặc một lượt tạo cặp chứa được.',
    'Hãy thu hẹp truy vấn: ít ngày hơn, một thẻ, điểm cao hơn.',
  ],
  step_not_found: ['Câu trả lời không có bước này.', 'Hãy tải lại câu trả lời.'],
  quote_not_found: ['Đoạn trích không có trong câu trả lời.', 'Hãy chọn lại đoạn văn bản.'],
  candidate_not_found: ['Câu trả lời không có ứng viên này.', 'Hãy tải lại câu trả lời.'],
  internal_error: [
    'Máy chủ gặp sự cố bên trong.',
    'Hãy báo lại mã yêu cầu; nhật ký của máy chủ có chi tiết.',
  ],
};

function wordsOf(table: Table): ReadonlyMap<string, Words> {
  return new Map(Object.entries(table).map(([code, [message, hint]]) => [code, { message, hint }]));
}

/** The server's error catalogue in the languages that the server does not speak; a code that is missing is a type error. */
export const errorWords = { vi: wordsOf(vietnamese) };

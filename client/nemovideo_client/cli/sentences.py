"""What the commands say beyond the client's own words."""

from __future__ import annotations

from nemovideo_client.words import Wording

CONNECTED = Wording("Connected. The project's session: {session}", "已连接。项目会话：{session}")
THE_LAST = Wording(
    "The project before this one: {session} (go on in it with --session)",
    "之前的项目：{session}（可用 --session 继续）",
)
CANCELLED = Wording("The render is {status}.", "渲染状态：{status}。")

MAY_BE_PAID = "What was sent goes on at NemoVideo, and may be paid; {look} shows what became of it."
GET_FILM = "Get the film with: nemo-client export --resume {render_id}"
RENDER_GOES_ON = "The render goes on; get the film with: nemo-client export --resume {render_id}"

WELCOME = Wording(
    "Say what you would like. /help lists the commands, Ctrl-D ends the chat.",
    "请说出您的想法。/help 列出所有命令，Ctrl-D 结束对话。",
)
HELP = Wording(
    """/upload FILE_OR_URL...  put files into the project
/credits                say what can be spent
/state                  show the timeline
/export [FILE]          turn the timeline into a film
/help                   show this
/quit                   end the chat (or Ctrl-D)
Ctrl-C                  leave a message; NemoVideo goes on with it""",
    """/upload 文件或链接...   把文件放入项目
/credits                查看可用积分
/state                  查看时间线
/export [文件]          把时间线导出为视频
/help                   显示本说明
/quit                   结束对话（或 Ctrl-D）
Ctrl-C                  不再等待这条消息；NemoVideo 会继续处理""",
)

"""What the commands say beyond the client's own words."""

from __future__ import annotations

from nemovideo_client.words import Wording

CONNECTED = Wording("Connected. The project's session: {session}", "已连接。项目会话：{session}")
CANCELLED = Wording("The render is {status}.", "渲染状态：{status}。")

MAY_BE_PAID = "What was sent goes on at NemoVideo, and may be paid; {look} shows what became of it."
MAY_GO_ON = "A render that was ordered goes on; it costs nothing."
RENDER_GOES_ON = "The render goes on; get the film with: nemo-client export --resume {render_id}"

WELCOME = "Say what you would like. /help lists the commands, Ctrl-D ends the chat."
HELP = """/upload FILE_OR_URL...  put files into the project
/credits                say what can be spent
/state                  show the timeline
/export [FILE]          turn the timeline into a film
/help                   show this
/quit                   end the chat (or Ctrl-D)
Ctrl-C                  leave a message; NemoVideo goes on with it"""

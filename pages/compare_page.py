import gradio as gr
from pages.frame import page_head, begin


def compare_head():
    return page_head("ledger")


def compare_page(live):
    with gr.Blocks() as page:
        begin(live, "compare")
    return page

from __future__ import annotations

import pytest
from django import forms
from django.utils.translation import override
from pytest_django.asserts import assertInHTML

from shared.frame.forms import DateInput, FrameFormRenderer, TelInput, TimeInput
from shared.frame.styleguide import SearchForm


class AskForm(forms.Form):
    default_renderer = FrameFormRenderer
    name = forms.CharField(label="団体名", max_length=5, help_text="正式な名称 <b>")
    heads = forms.IntegerField(label="人数", required=False, max_value=40)
    kind = forms.ChoiceField(label="種別", choices=[("a", "個人"), ("b", "団体")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="同意します")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("heads") == "13":
            raise forms.ValidationError("この日は受け付けていません。")


def asked(**data: str) -> AskForm:
    return AskForm({"name": "会", "kind": "a", "agreed": "on", **data})


def test_the_settings_name_this_renderer() -> None:
    assert isinstance(forms.Form().renderer, FrameFormRenderer)


def test_a_field_has_its_label_and_says_that_it_is_required() -> None:
    shown = AskForm()["name"].as_field_group()
    assertInHTML(
        '<label class="field__label" for="id_name">団体名 <span class="tag tag--required">必須</span></label>', shown
    )


def test_a_field_that_may_be_left_out_says_so() -> None:
    assert '<span class="tag tag--optional">任意</span>' in AskForm()["heads"].as_field_group()


def test_a_hint_is_tied_to_its_field_and_escaped() -> None:
    shown = AskForm()["name"].as_field_group()
    assert '<p class="field__hint" id="id_name_helptext">正式な名称 &lt;b&gt;</p>' in shown
    assert 'aria-describedby="id_name_helptext"' in shown


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    shown = asked(name="")["name"].as_field_group()
    assert "入力または選択してください。" in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_error"' in shown


def test_choices_are_a_group_with_a_legend_and_its_error() -> None:
    shown = AskForm({"name": "会", "agreed": "on"})["kind"].as_field_group()
    assert '<fieldset aria-describedby="id_kind_error">' in shown
    assert '<legend class="field__label">種別' in shown


def test_each_choice_is_named_once() -> None:
    assert AskForm()["kind"].as_field_group().count("個人") == 1


def test_a_single_checkbox_comes_before_its_label() -> None:
    shown = AskForm()["agreed"].as_field_group()
    assert shown.index('type="checkbox"') < shown.index("同意します")


def test_the_form_begins_with_a_summary_that_leads_to_each_error() -> None:
    shown = str(AskForm({"heads": "41", "token": "x"}))
    assert shown.startswith('<div class="error-summary"')
    for target in ("#id_name", "#id_heads", "#id_kind_0", "#id_agreed"):
        assert f'href="{target}"' in shown


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    assert "<li>この日は受け付けていません。</li>" in str(asked(heads="13"))


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(asked())


def test_a_hidden_field_is_there_and_has_no_label() -> None:
    shown = str(AskForm())
    assert '<input type="hidden" name="token" id="id_token">' in shown
    assert "Token" not in shown


def test_a_search_form_marks_nothing_as_optional() -> None:
    assert "任意" not in str(SearchForm())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"heads": "41"}, "40以下で入力してください。"),
        ({"heads": "x"}, "数字で入力してください。"),
        ({"name": "一二三四五六"}, "5文字以内で入力してください（現在6文字）。"),
        ({"kind": "<script>"}, "一覧の中から選んでください。"),
    ],
)
def test_an_error_says_what_to_do(data: dict[str, str], sentence: str) -> None:
    assert sentence in str(asked(**data))


def test_a_wrong_choice_is_not_repeated_in_english_either() -> None:
    with override("en"):
        form = asked(kind="x" * 1000)
        assert form.errors["kind"] == ["Please choose one of the options."]


@pytest.mark.parametrize(("widget", "kind"), [(DateInput(), "date"), (TimeInput(), "time"), (TelInput(), "tel")])
def test_a_widget_brings_up_the_right_keyboard(widget: forms.Widget, kind: str) -> None:
    assert f'type="{kind}"' in widget.render("it", None)
